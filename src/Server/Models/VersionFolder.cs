using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Models;

/// <summary>The folder of a version on disk.</summary>
internal static class VersionFolder
{
    /// <summary>Reads all files and compares them with the hashes of the archive.</summary>
    /// <param name="files">Storage of the folder.</param>
    /// <param name="path">Path of the folder.</param>
    /// <param name="report">Receives each problem.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Number of bytes that were read.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static long Verify(IFileStorage files, string path, Action<string> report, CancellationToken cancellationToken)
    {
        if (!files.FolderExists(path))
        {
            report("The folder is missing.");
            return 0;
        }

        try
        {
            return ArchiveVerification.Run(path, files, report, cancellationToken);
        }
        catch (DirectoryNotFoundException)
        {
            report("The folder disappeared.");
            return 0;
        }
    }
}
