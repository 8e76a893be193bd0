namespace TopicGrpc.Server.Models;

/// <summary>Files that are on this server anyway.</summary>
/// <param name="path">Path of the folder.</param>
internal sealed class LocalVersionFiles(string path) : IVersionFiles
{
    /// <inheritdoc/>
    public string Path => path;

    /// <inheritdoc/>
    public string ContentId => string.Empty;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
