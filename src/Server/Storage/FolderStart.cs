using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage;

/// <summary>Creates and locks the data folder. Each failure names its cause, because the wrong next step may destroy data.</summary>
[SuppressMessage(
    "ApiDesign",
    "RS0030:Do not use banned APIs",
    Justification = "The lock is one of the operating system and protects the database too.")]
internal static class FolderStart
{
    private const int LongestName = 255;

    // Less than this is "no space"; with more free bytes, ENOSPC means that the inodes or a quota are used up.
    private const long FewBytes = 1 << 20;

    /// <summary>Creates the data folder and the folders above it.</summary>
    /// <exception cref="StartupException">The path cannot be a folder.</exception>
    public static void Create(IFileStorage files, string root)
    {
        RequireFolderPath(files, root);
        try
        {
            files.CreateFolder(root);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain($"The data folder '{root}' cannot be created", root, exception);
        }
    }

    /// <summary>Locks the data folder for this process.</summary>
    /// <exception cref="StartupException">Another server uses it, or the lock file cannot be written.</exception>
    public static IDisposable Lock(string root)
    {
        string path = Path.Combine(root, "LOCK");
        if (Directory.Exists(path))
        {
            throw new StartupException($"'{path}' is a folder; it must be the lock file of the server. Remove it.");
        }

        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (StorageErrors.Classify(exception) == StorageError.Locked)
        {
            throw new StartupException($"The data folder '{root}' is in use by another server.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Explain($"The data folder '{root}' cannot be written", root, exception);
        }
    }

    /// <summary>Returns an exception with the cause of a failed write in the data folder.</summary>
    /// <param name="what">First words of the message.</param>
    /// <param name="root">Data folder.</param>
    /// <param name="exception">The failure.</param>
    public static StartupException Explain(string what, string root, Exception exception) => StorageErrors.Classify(exception) switch
    {
        StorageError.Full => new StartupException($"{what}: {OfFull(root)}. The data is unchanged.", exception),
        StorageError.FileTooLarge => new StartupException($"{what}: the limit of the size of a file (ulimit -f) is too small.", exception),
        StorageError.ReadOnly => new StartupException($"{what}: the file system is read-only.", exception),
        StorageError.TooManyFiles => new StartupException($"{what}: too many files are open (ulimit -n).", exception),
        _ when exception is UnauthorizedAccessException => new StartupException(
            $"{what}: the user '{Environment.UserName}' has no permission.", exception),
        _ => new StartupException($"{what}: {exception.Message}", exception),
    };

    private static void RequireFolderPath(IFileStorage files, string root)
    {
        foreach (string name in root.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            int bytes = Encoding.UTF8.GetByteCount(name);
            if (bytes > LongestName)
            {
                throw new StartupException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The path of the data folder has a name of {bytes} bytes ('{name[..20]}…'); a name has at most {LongestName}."));
            }
        }

        for (string? path = root; path is not null; path = Path.GetDirectoryName(path))
        {
            if (files.FileExists(path))
            {
                throw new StartupException(path == root
                    ? $"The data folder '{root}' is a file. Give the path of a folder."
                    : $"The data folder '{root}' cannot be created: '{path}' is a file, not a folder.");
            }
        }
    }

    private static string OfFull(string root)
    {
        string existing = root;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent)
        {
            existing = parent;
        }

        return new DriveInfo(existing).AvailableFreeSpace < FewBytes
            ? "the disk is full"
            : "the disk has no free inodes, or a quota is used up";
    }
}
