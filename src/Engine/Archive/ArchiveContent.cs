using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>All files of an archive in memory, each verified against the manifest.</summary>
internal sealed class ArchiveContent
{
    private readonly Dictionary<string, ArchivedArray> _arrays;

    private ArchiveContent(Dictionary<string, ArchivedArray> arrays) => _arrays = arrays;

    /// <summary>Reads the files on several threads, the largest first.</summary>
    public static ArchiveContent Read(string directory, IReadOnlyList<ArchiveFileEntry> files, CancellationToken cancellationToken)
    {
        ArchiveFileEntry[] bySize = [.. files.OrderByDescending(file => file.Size)];
        var read = new ArchivedArray[bySize.Length];
        var failures = new InvalidDataException?[bySize.Length];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, bySize.Length, parallel, i =>
        {
            try
            {
                read[i] = ArchiveFileReader.Read(directory, bySize[i]);
            }
            catch (InvalidDataException failure)
            {
                failures[i] = failure;
            }
        });

        // The first by name, so that the message does not depend on which thread came first.
        (ArchiveFileEntry Entry, InvalidDataException? Failure) first = bySize.Zip(failures)
            .Where(pair => pair.Second is not null)
            .OrderBy(pair => pair.First.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (first.Failure is not null)
        {
            throw new InvalidDataException(first.Failure.Message, first.Failure);
        }

        Dictionary<string, ArchivedArray> arrays = new(StringComparer.Ordinal);
        for (int i = 0; i < bySize.Length; i++)
        {
            arrays.Add(bySize[i].Name, read[i]);
        }

        return new ArchiveContent(arrays);
    }

    public bool Has(string name) => _arrays.ContainsKey(name);

    public float[] Singles(string name) => Values<float>(name);

    public double[] Doubles(string name) => Values<double>(name);

    public int[] Integers(string name) => Values<int>(name);

    public string[] Strings(string name) => Values<string>(name);

    public byte[] Bytes(string name) => Values<byte>(name);

    public (int Rows, int Columns) ShapeOf(string name) => (Get(name).Rows, Get(name).Columns);

    public Matrix Matrix(string name) => new(Get(name).Rows, Get(name).Columns, Singles(name));

    private ArchivedArray Get(string name) =>
        _arrays.TryGetValue(name, out ArchivedArray? array) ? array : throw new InvalidDataException($"The manifest does not list {name}.");

    private T[] Values<T>(string name) =>
        Get(name).Values as T[] ?? throw new InvalidDataException($"{name} holds another type of values than {typeof(T).Name}.");
}
