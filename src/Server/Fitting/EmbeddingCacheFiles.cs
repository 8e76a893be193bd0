using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// The bytes of all files of the embedding cache, and which file was used last. Makes room by deleting the file whose last use is the
/// longest ago; a file without a use since the start counts as the oldest. Not thread-safe.
/// </summary>
internal sealed class EmbeddingCacheFiles(DataFolder folder, long maxBytes)
{
    private readonly Dictionary<string, long> _uses = new(StringComparer.Ordinal);
    private long _bytes = -1;
    private long _lastUse;

    /// <summary>Records that a file was read or written.</summary>
    public void Use(string path) => _uses[path] = ++_lastUse;

    /// <summary>Makes room for bytes at the end of a file, which is not deleted.</summary>
    /// <returns>Whether there is room; false if the file alone would exceed the limit.</returns>
    public bool TryReserve(string path, long bytes)
    {
        if (_bytes < 0 || _bytes + bytes > maxBytes)
        {
            // Deletions of corpora and erasures have changed the files since the last count.
            Dictionary<string, long> lengths = Lengths();
            _bytes = lengths.Values.Sum();
            foreach (string oldest in lengths.Keys
                .Where(file => file != path)
                .OrderBy(file => _uses.GetValueOrDefault(file))
                .ThenBy(static file => file, StringComparer.Ordinal))
            {
                if (_bytes + bytes <= maxBytes)
                {
                    break;
                }

                folder.Files.DeleteFile(oldest);
                _uses.Remove(oldest);
                _bytes -= lengths[oldest];
            }
        }

        if (_bytes + bytes > maxBytes)
        {
            return false;
        }

        _bytes += bytes;
        return true;
    }

    private Dictionary<string, long> Lengths()
    {
        Dictionary<string, long> lengths = new(StringComparer.Ordinal);
        foreach (string path in folder.Files.ListFolders(folder.Paths.Corpora)
            .SelectMany(folder.Files.ListFiles)
            .Where(EmbeddingCache.IsCache))
        {
            using IStoredFile file = folder.Files.Open(path, FileMode.Open, FileAccess.Read);
            lengths[path] = file.Length;
        }

        return lengths;
    }
}
