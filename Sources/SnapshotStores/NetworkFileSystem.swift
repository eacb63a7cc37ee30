internal import Glibc
internal import SideEffects

/// Tells whether a folder lies on another machine, where the locks and the shared memory of SQLite's WAL mode don't reach.
enum NetworkFileSystem {
  /// As the kernel names them in its list of mounts.
  private static let names: Set<Substring> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "afs", "9p", "lustre", "gfs2", "ocfs2", "coda", "beegfs", "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone", "fuse.davfs2",
  ]

  static func remark(on folder: String) -> Diagnostic? {
    guard let type = type(of: folder, mounts: mounts()), names.contains(Substring(type)) else { return nil }
    return Diagnostic(
      "store-on-network", "the store lies on \(type), where two machines must not use it at once, and a lost connection may damage it",
      advice: "Keep the store on a disk of this machine and let `copies` in the configuration name the network folder.",
      place: .file(Text(folder), line: 0, column: 0))
  }

  /// The type of the file system that a folder lies on, by proc_pid_mountinfo(5); nil where the list doesn't tell.
  static func type(of folder: String, mounts: String) -> String? {
    var status = stat()
    guard stat(folder, &status) == 0 else { return nil }
    // makedev(3), whose inverses are macros that Swift doesn't import.
    let device = UInt64(status.st_dev)
    let major = (device >> 8) & 0xFFF | (device >> 32) & ~0xFFF
    let minor = device & 0xFF | (device >> 12) & ~0xFF & 0xFFFF_FFFF
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 3, fields[2] == "\(major):\(minor)", let hyphen = fields.firstIndex(of: "-"), hyphen + 1 < fields.count else {
        continue
      }
      return String(fields[hyphen + 1])
    }
    return nil
  }

  private static func mounts() -> String {
    guard let file = fopen("/proc/self/mountinfo", "re") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }
}
