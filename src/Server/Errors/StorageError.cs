namespace TopicGrpc.Server.Errors;

/// <summary>Why the file system or the database failed.</summary>
internal enum StorageError
{
    /// <summary>The exception is not a failure of the storage.</summary>
    None,

    /// <summary>No space, no free inode, or a quota is used up.</summary>
    Full,

    /// <summary>The file would exceed the limit of the process or of the file system.</summary>
    FileTooLarge,

    /// <summary>The file system or the database is read-only.</summary>
    ReadOnly,

    /// <summary>The process or the system has no free file descriptor.</summary>
    TooManyFiles,

    /// <summary>Another process holds a lock.</summary>
    Locked,

    /// <summary>The content of the database is damaged.</summary>
    Damaged,

    /// <summary>Any other failed read or write.</summary>
    Failed,
}
