using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// A file of documents, opened as UTF-8 bytes or as it is: gzip data are recognized by their content, UTF-16 and UTF-32 by their byte
/// order mark.
/// What can be read only once, such as a pipe, is copied to a temporary file, because commands read their input more than once.
/// </summary>
internal sealed class InputFile(string path) : IDisposable
{
    private const int HeadBytes = 4096;
    private const string CompressedSuffix = ".gz";

    private string? _copy;

    /// <summary>Returns whether the name of a file says that it is compressed.</summary>
    public static bool IsCompressedName(string path) => path.EndsWith(CompressedSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a path without the suffix of compressed files.</summary>
    public static string WithoutSuffix(string path) => IsCompressedName(path) ? path[..^CompressedSuffix.Length] : path;

    /// <summary>Opens the file for one reading.</summary>
    /// <exception cref="InputException">The file cannot be read, is damaged, or is not text.</exception>
    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => OpenAsync(isText: true, cancellationToken);

    /// <summary>Opens the file for one reading as bytes; gzip data are decompressed.</summary>
    /// <exception cref="InputException">The file cannot be read, or is damaged.</exception>
    public Task<Stream> OpenBytesAsync(CancellationToken cancellationToken) => OpenAsync(isText: false, cancellationToken);

    /// <summary>Opens the file for reading in any order.</summary>
    /// <exception cref="InputException">The file cannot be read, or is compressed as a whole.</exception>
    public async Task<Stream> OpenSeekableAsync(CancellationToken cancellationToken)
    {
        try
        {
            FileStream file = await OpenFileAsync(cancellationToken);
            byte[] head = new byte[2];
            int read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            file.Position = 0;
            if (!GzipInput.IsGzip(head.AsSpan(0, read)))
            {
                return file;
            }

            await file.DisposeAsync();
            throw new InputException(path, "compressed by gzip as a whole; decompress it, its columns are compressed already");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"cannot be read ({e.Message})");
        }
    }

    private async Task<Stream> OpenAsync(bool isText, CancellationToken cancellationToken)
    {
        Stream? file = null;
        try
        {
            file = await OpenFileAsync(cancellationToken);
            file = await DecompressedAsync(file, cancellationToken);
            file = isText ? await Utf8Async(file, cancellationToken) : file;
            Stream opened = file;
            file = null;
            return opened;
        }
        catch (InvalidDataException e)
        {
            throw new InputException(path, 1, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"cannot be read ({e.Message})");
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }
    }

    public void Dispose()
    {
        if (_copy is not null)
        {
            File.Delete(_copy);
        }
    }

    private static FileStream Open(string name)
    {
        const FileOptions Sequential = FileOptions.SequentialScan | FileOptions.Asynchronous;
        return new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, Sequential);
    }

    private async Task<FileStream> OpenFileAsync(CancellationToken cancellationToken)
    {
        FileStream file = Open(_copy ?? path);
        if (file.CanSeek)
        {
            return file;
        }

        await using (file)
        {
            string copy = Path.Combine(Path.GetTempPath(), $"topicgrpc-input-{Guid.NewGuid():n}");
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using FileStream target = new(copy, options);
            _copy = copy;
            await file.CopyToAsync(target, cancellationToken);
        }

        return Open(_copy);
    }

    private async Task<Stream> DecompressedAsync(Stream file, CancellationToken cancellationToken)
    {
        byte[] head = new byte[2];
        int read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        file.Seek(0, SeekOrigin.Begin);
        if (GzipInput.IsGzip(head.AsSpan(0, read)))
        {
            return new GzipInput(file);
        }

        return IsCompressedName(path) ? throw new InvalidDataException("not valid gzip data") : file;
    }

    private static async Task<Stream> Utf8Async(Stream bytes, CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadBytes];
        int read = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        HeadStream stream = new(head.AsMemory(0, read), bytes);
        if (WideText.EncodingOf(head.AsSpan(0, read)) is { } encoding)
        {
            return Encoding.CreateTranscodingStream(stream, encoding, StrictUtf8.Encoding);
        }

        return head.AsSpan(0, read).Contains((byte)0)
            ? throw new InvalidDataException(
                "not UTF-8 text: it contains NUL bytes, as binary files and UTF-16 without a byte order mark do")
            : stream;
    }
}
