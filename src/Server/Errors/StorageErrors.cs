using System.ComponentModel;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Errors;

/// <summary>
/// Finds the cause of a failed read or write. .NET keeps the error number of the system in <see cref="Exception.HResult"/>, or in an
/// inner exception.
/// </summary>
internal static class StorageErrors
{
    private const int WindowsError = unchecked((int)0x80070000);

    /// <summary>Returns the cause of an exception.</summary>
    public static StorageError Classify(Exception exception)
    {
        StorageError found = StorageError.None;
        for (Exception? current = exception; current is not null; current = current.InnerException)
        {
            if (current is MetadataException metadata)
            {
                // The database knows its cause; the exceptions inside may be of sockets.
                return metadata.Error;
            }

            StorageError error = Of(current);
            if (error is not StorageError.None and not StorageError.Failed)
            {
                return error;
            }

            found = error == StorageError.None ? found : error;
        }

        return found;
    }

    /// <summary>Returns whether an operation failed because of the storage, so that a later attempt may succeed.</summary>
    public static bool IsStorageFailure(Exception exception) => exception switch
    {
        ServiceException fault => fault.Reason is ErrorReasons.DiskFull or ErrorReasons.StorageUnavailable,
        _ => Classify(exception) is not StorageError.None and not StorageError.Damaged,
    };

    /// <summary>Returns whether more space would help.</summary>
    public static bool IsFull(Exception exception) =>
        Classify(exception) == StorageError.Full || exception is ServiceException { Reason: ErrorReasons.DiskFull };

    private static StorageError Of(Exception exception) => exception switch
    {
        Win32Exception system => OfSystem(system.NativeErrorCode),
        IOException or UnauthorizedAccessException => (exception.HResult & unchecked((int)0xFFFF0000)) == WindowsError
            ? OfWindows(exception.HResult & 0xFFFF)
            : OfSystem(exception.HResult),
        _ => StorageError.None,
    };

    private static StorageError OfSystem(int number) => number switch
    {
        28 => StorageError.Full, // ENOSPC
        122 when OperatingSystem.IsLinux() => StorageError.Full, // EDQUOT
        69 when OperatingSystem.IsMacOS() => StorageError.Full, // EDQUOT
        27 => StorageError.FileTooLarge, // EFBIG
        30 => StorageError.ReadOnly, // EROFS
        23 or 24 => StorageError.TooManyFiles, // ENFILE, EMFILE
        11 when OperatingSystem.IsLinux() => StorageError.Locked, // EAGAIN
        35 when OperatingSystem.IsMacOS() => StorageError.Locked, // EAGAIN
        _ => StorageError.Failed,
    };

    private static StorageError OfWindows(int number) => number switch
    {
        39 or 112 => StorageError.Full, // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
        223 => StorageError.FileTooLarge, // ERROR_FILE_TOO_LARGE
        19 => StorageError.ReadOnly, // ERROR_WRITE_PROTECT
        4 => StorageError.TooManyFiles, // ERROR_TOO_MANY_OPEN_FILES
        32 or 33 => StorageError.Locked, // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        _ => StorageError.Failed,
    };
}
