using Microsoft.Data.Sqlite;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>Finds the cause of a failure of SQLite.</summary>
internal static class SqliteErrors
{
    /// <summary>Returns the cause; <see cref="StorageError.None"/>: the statement is wrong or breaks a rule of a table.</summary>
    public static StorageError Classify(SqliteException exception) =>
        (exception.SqliteErrorCode, exception.SqliteExtendedErrorCode) switch
        {
            (SQLitePCL.raw.SQLITE_FULL, _) => StorageError.Full,

            // The shared memory file of the write-ahead log cannot grow: nothing but a full disk does that.
            (_, SQLitePCL.raw.SQLITE_IOERR_SHMSIZE) => StorageError.Full,
            (SQLitePCL.raw.SQLITE_READONLY, _) => StorageError.ReadOnly,
            (SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED, _) => StorageError.Locked,
            (SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB, _) => StorageError.Damaged,
            (SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM, _) => StorageError.Failed,
            _ => StorageError.None,
        };
}
