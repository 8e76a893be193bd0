using System.IO.Enumeration;
using System.Runtime.CompilerServices;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Reads one document per file, ordered by id. The id is the path below the folder with forward slashes. Files that are not text or
/// cannot be opened are skipped and noted.
/// </summary>
internal sealed class TextFolderReader(string folder, InputNotes notes) : IDocumentReader
{
    /// <summary>Maximum size of a file, the same as for a line.</summary>
    private const long MaxFileBytes = LineReader.MaxLineBytes;

    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string name in RelativePaths())
        {
            if (await ReadAsync(name, cancellationToken) is not { } bytes)
            {
                continue;
            }

            if (FileText.Decode(bytes) is { } text)
            {
                yield return new InputDocument(IdOf(name), text, Time: null, InputDocument.NoAttributes);
            }
            else
            {
                notes.SkipFile(name, "not text");
            }
        }
    }

    // A backslash separates folders on Windows only; elsewhere it belongs to the name.
    private static string IdOf(string name) => Path.DirectorySeparatorChar == '\\' ? name.Replace('\\', '/') : name;

    private static bool IsLoop(ref FileSystemEntry entry)
    {
        if (!entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return false;
        }

        string path = entry.ToFullPath();
        string? target = Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        return target is not null
            && path.StartsWith(Path.TrimEndingDirectorySeparator(target) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, name);
        try
        {
            // A pipe has no length and would wait for its writer.
            if (new FileInfo(path).Length == 0)
            {
                return [];
            }

            await using FileStream file = File.OpenRead(path);
            if (file.Length > MaxFileBytes)
            {
                throw new InputException(path, $"longer than {MaxFileBytes >> 20} MiB");
            }

            byte[] bytes = new byte[file.Length];
            int read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
            return bytes[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            notes.SkipFile(name, "a link without a target, or a name that is not UTF-8");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, $"cannot be read ({e.Message})");
        }
    }

    // Sorting needs all names in memory; the texts are read one at a time.
    private List<string> RelativePaths()
    {
        EnumerationOptions options = new()
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        FileSystemEnumerable<string> files = new(folder, static (ref entry) => entry.ToSpecifiedFullPath(), options)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory,
            ShouldRecursePredicate = static (ref entry) => !IsLoop(ref entry),
        };
        try
        {
            List<string> paths = [.. files.Select(path => Path.GetRelativePath(folder, path))];
            paths.Sort(static (left, right) => string.CompareOrdinal(IdOf(left), IdOf(right)));
            return paths;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(folder, $"cannot be read ({e.Message})");
        }
    }
}
