using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Archive;

/// <summary>All files of an archive in memory, each verified against the manifest.</summary>
internal sealed class ArchiveContent
{
    private readonly Dictionary<string, ArchivedArray> _arrays;

    private ArchiveContent(Dictionary<string, ArchivedArray> arrays, bool isNative)
    {
        _arrays = arrays;
        IsNative = isNative;
    }

    /// <summary>Reads the files on several threads, the largest first.</summary>
    /// <param name="directory">Folder of the archive.</param>
    /// <param name="files">Files that the manifest lists.</param>
    /// <param name="storage">Storage of the files.</param>
    /// <param name="memory">Native memory for the large files; null to read all files into arrays.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    public static ArchiveContent Read(
        string directory,
        IReadOnlyList<ArchiveFileEntry> files,
        IFileStorage storage,
        ArchiveMemory? memory,
        CancellationToken cancellationToken)
    {
        ArchiveFileEntry[] bySize = [.. files.OrderByDescending(file => file.Size)];
        var read = new ArchivedArray[bySize.Length];
        var failures = new Exception?[bySize.Length];
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = cancellationToken,
            TaskScheduler = TaskScheduler.Current,
        };
        Parallel.For(0, bySize.Length, parallel, i =>
        {
            try
            {
                read[i] = ArchiveFileReader.Read(directory, bySize[i], storage, memory);
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                failures[i] = failure;
            }
        });

        // Reports the first failure by name, so that the message does not depend on the order of the threads.
        (ArchiveFileEntry Entry, Exception? Failure) first = bySize.Zip(failures)
            .Where(pair => pair.Second is not null)
            .OrderBy(pair => pair.First.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (first.Failure is not null)
        {
            throw first.Failure is InvalidDataException
                ? new InvalidDataException(first.Failure.Message, first.Failure)
                : new IOException($"{first.Entry.Name} could not be read: {first.Failure.Message}", first.Failure);
        }

        Dictionary<string, ArchivedArray> arrays = new(StringComparer.Ordinal);
        for (int i = 0; i < bySize.Length; i++)
        {
            arrays.Add(bySize[i].Name, read[i]);
        }

        return new ArchiveContent(arrays, memory is not null);
    }

    /// <summary>Whether large files are in native memory. Content that predictions do not need is then decoded at its first use.</summary>
    public bool IsNative { get; }

    public bool Has(string name) => _arrays.ContainsKey(name);

    public double[] Doubles(string name) => Get(name).ToArray<double>(ElementType.Double);

    public int[] Integers(string name) => Get(name).ToArray<int>(ElementType.Int32);

    public ReadOnlyMemory<int> IntegerMemory(string name) => Get(name).ToMemory<int>(ElementType.Int32);

    public ReadOnlyMemory<sbyte> SmallIntegers(string name) => Get(name).ToMemory<sbyte>(ElementType.SByte);

    public string[] Strings(string name) => [.. LaterStrings(name)];

    /// <summary>Returns strings; with native memory they are decoded at the first access.</summary>
    public IReadOnlyList<string> LaterStrings(string name) => Get(name).Values<LazyStrings>();

    public byte[] Bytes(string name) => Get(name).Values<byte[]>();

    public (int Rows, int Columns) ShapeOf(string name) => (Get(name).Rows, Get(name).Columns);

    public Matrix Matrix(string name) => Get(name).ToMatrix();

    private ArchivedArray Get(string name) =>
        _arrays.TryGetValue(name, out ArchivedArray? array) ? array : throw new InvalidDataException($"The manifest does not list {name}.");
}
