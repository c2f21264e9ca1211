import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Kinds of file systems that lie on another computer (NFS, SMB1, CIFS, SMB2, 9p, AFS, Ceph, and FUSE, which may). */
const networkKinds = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x5346414f, 0x00c36400, 0x65735546])

/** Folders that a sync program carries to other computers, by the names that these programs give them. */
const syncedFolder = /[/\\](Dropbox|OneDrive[^/\\]*|Google Drive|GoogleDrive|iCloud Drive|Mobile Documents|Nextcloud|ownCloud|Syncthing|pCloud ?Drive)[/\\]/i

/** Whether a write-ahead log beside the file is not safe there: a network or synced folder [LOCK1]. `path`: a real path. */
export function isSharedFolder(path: string): boolean {
  if (syncedFolder.test(path) || path.startsWith('\\\\')) return true
  if (process.platform !== 'linux') return false
  try {
    return networkKinds.has(Number(BigInt.asUintN(32, BigInt(statfsSync(dirname(path)).type))))
  } catch {
    return false
  }
}
