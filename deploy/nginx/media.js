// Checks Antenne's signed media paths in nginx, by the rules of antenne/kernel/signing.py and
// antenne/edge/epochs.py: /m/<key id>.<expiry>.<signature>/<video>/<epoch>/<path>.
import crypto from 'crypto';
import fs from 'fs';

const SIGNATURE_CHARS = 22;
// What paths of the key id `p1` open: the pictures of a video alone.
const PICTURE = /\.(webp|jpg|jpeg|png|avif)$/;

function same(one, other) {
    let difference = one.length ^ other.length;
    for (let i = 0; i < other.length; i++) {
        difference |= one.charCodeAt(i % (one.length || 1)) ^ other.charCodeAt(i);
    }
    return difference === 0;
}

function signed(token, video, epoch) {
    const parts = token.split('.');
    const key = antenne_media_key[parts[0]];
    if (parts.length !== 3 || !key || !/^\d{1,15}$/.test(parts[1])) {
        return false;
    }
    const message = `${parts[0]}.${parts[1]}.${video}.${epoch}`;
    const digest = crypto.createHmac('sha256', Buffer.from(key, 'hex')).update(message);
    if (!same(parts[2], digest.digest('base64url').slice(0, SIGNATURE_CHARS))) {
        return false;
    }
    return parts[1] === '0' || Date.now() / 1000 < Number(parts[1]);
}

function exists(path) {
    // An exception costs njs twenty times as much as all the rest of a request.
    return fs.statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function lowest(folder, video) {
    const end = video.slice(-2);
    const shard = /^[A-Za-z0-9]{2}$/.test(end) ? end : '__';
    const file = `${folder}/${shard}.json`;
    if (exists(file)) {
        return JSON.parse(fs.readFileSync(file, 'utf8'))[video] || 0;
    }
    if (exists(`${folder}/loaded`)) {
        return 0;
    }
    throw new Error('the list of epochs was never complete');
}

// Returns `granted`, `refused`, or `unready` where the list of withdrawn epochs cannot be read.
function verdict(r) {
    const parts = r.uri.split('/');
    const video = parts[3];
    const epoch = parts[4];
    if (parts.length < 6 || !/^[A-Za-z0-9_-]+$/.test(video) || !/^\d{1,9}$/.test(epoch)) {
        return 'refused';
    }
    if (!signed(parts[2], video, epoch)) {
        return 'refused';
    }
    if (parts[2].startsWith('p1.') && !PICTURE.test(r.uri)) {
        return 'refused';
    }
    try {
        return Number(epoch) >= lowest(r.variables.antenne_epochs, video) ? 'granted' : 'refused';
    } catch (error) {
        return 'unready';
    }
}

// Paths that hold for ever may be kept by anybody, the others by the viewer's browser only.
function audience(r) {
    return r.uri.split('/')[2].split('.')[1] === '0' ? 'public' : 'private';
}

export default { verdict, audience };
