using TopicGrpc.Cli.Errors;

namespace TopicGrpc.Cli.Exports;

/// <summary>A file that appears under its name when it is complete: until then it has a temporary name in the same folder.</summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string _temporary;
    private readonly bool _replace;
    private bool _isPublished;

    private OutputFile(string path, bool replace)
    {
        Path = path;
        _replace = replace;
        _temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        Stream = new FileStream(
            _temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, FileOptions.Asynchronous);
    }

    /// <summary>Absolute path of the complete file.</summary>
    public string Path { get; }

    /// <summary>Receives the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">Path of the complete file.</param>
    /// <param name="replace">Whether an existing file is replaced.</param>
    /// <exception cref="CliException">The file exists, or its folder does not or cannot be written.</exception>
    public static OutputFile Create(string path, bool replace)
    {
        string full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new CliException($"--to: {path} is a folder; name a file", ExitCodes.BadInput);
        }

        if (!replace && File.Exists(full))
        {
            throw new CliException($"--to: {path} exists; --force replaces it", ExitCodes.BadInput);
        }

        try
        {
            return new OutputFile(full, replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"--to: {path} cannot be written ({e.Message})", ExitCodes.BadInput, e);
        }
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="CliException">Another program has created a file of this name.</exception>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken);
        await Stream.DisposeAsync();
        try
        {
            File.Move(_temporary, Path, _replace);
            _isPublished = true;
        }
        catch (IOException e)
        {
            throw new CliException($"--to: {Path} cannot be written ({e.Message})", ExitCodes.Failed, e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_isPublished)
        {
            File.Delete(_temporary);
        }
    }
}
