using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <summary>Faults of disk and database.</summary>
internal static partial class Fault
{
    private static readonly TimeSpan DiskFullDelay = TimeSpan.FromSeconds(5);

    /// <summary>Reports a failed write with its cause: a full disk, a failing disk or damage.</summary>
    /// <param name="what">Subject of the sentence, for example "The model".</param>
    /// <param name="inner">Exception of the file system or the database.</param>
    public static ServiceException StorageUnavailable(string what, Exception inner) => StorageErrors.Classify(inner) switch
    {
        StorageError.Full => DiskFull($"{what} could not be written: the disk is full.", inner),
        StorageError.FileTooLarge => DiskFull($"{what} could not be written: a file would exceed its size limit.", inner),
        StorageError.Damaged => DatabaseDamaged(inner),
        StorageError cause => new(
            StatusCode.Unavailable,
            ErrorReasons.StorageUnavailable,
            $"{what} could not be written{Cause(cause)}; nothing was acknowledged.",
            inner)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
    };

    /// <summary>Rejects a write because the disk is full, or because only the reserved space is left.</summary>
    public static ServiceException DiskFull(string message, Exception? inner = null) =>
        new(StatusCode.ResourceExhausted, ErrorReasons.DiskFull, message + " Free some space or delete data; predictions continue.", inner)
        {
            RetryAfter = DiskFullDelay,
        };

    public static ServiceException DatabaseDamaged(Exception inner) =>
        new(
            StatusCode.DataLoss,
            ErrorReasons.ChecksumMismatch,
            "The metadata database is damaged. Stop the server and restore the data folder from a backup.",
            inner);

    /// <summary>Reports a failed read of the database.</summary>
    public static ServiceException DatabaseUnavailable(Exception inner) => StorageErrors.Classify(inner) switch
    {
        StorageError.Damaged => DatabaseDamaged(inner),
        StorageError cause => new(
            StatusCode.Unavailable,
            ErrorReasons.StorageUnavailable,
            $"The metadata database could not be read{Cause(cause)}. Retry later.",
            inner)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
    };

    /// <summary>Reports that a member of a cluster cannot find out what other members have changed.</summary>
    public static ServiceException ChangesUnavailable(Exception? inner) =>
        new(
            StatusCode.Unavailable,
            ErrorReasons.StorageUnavailable,
            "This member of the cluster cannot read what other members have changed. Retry later, or at another member.",
            inner)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    /// <summary>Reports a change that is durable, but that not all members have taken over in time.</summary>
    /// <param name="what">What has changed, as a sentence.</param>
    /// <param name="members">Ids of the members that are behind.</param>
    public static ServiceException MembersBehind(string what, IReadOnlyList<string> members) =>
        new(
            StatusCode.Unavailable,
            ErrorReasons.MembersBehind,
            $"{what} The change is durable, but these members have not taken it over in time: {string.Join(", ", members)}. "
            + "Repeat the call to wait for them again.")
        {
            Metadata = One("members", string.Join(",", members)),
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    public static ServiceException DocumentsUnavailable(string corpus, Exception inner) =>
        new(StatusCode.Unavailable, ErrorReasons.StorageUnavailable, $"The documents of '{corpus}' could not be read. Retry later.", inner)
        {
            Metadata = One("corpus", corpus),
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    /// <summary>Reports that the files of a version could not be read; the next call tries again.</summary>
    public static ServiceException VersionUnavailable(string version, Exception inner) =>
        new(StatusCode.Unavailable, ErrorReasons.StorageUnavailable, $"'{version}' could not be read from disk. Retry later.", inner)
        {
            Metadata = One("version", version),
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private static string Cause(StorageError cause) => cause switch
    {
        StorageError.ReadOnly => ": the file system is read-only",
        StorageError.TooManyFiles => ": too many files are open",
        StorageError.Locked => ": another process holds a lock",
        _ => string.Empty,
    };
}
