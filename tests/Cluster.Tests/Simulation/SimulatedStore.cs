using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// The objects of a simulated store. It damages, now and then, what it sends, and what it writes under a new key. A repeated write is not
/// damaged: it may arrive after the verification.
/// </summary>
internal sealed class SimulatedStore(SimulatedWorld world)
{
    /// <summary>Called before an object is deleted.</summary>
    public Action<string> Deleting { get; set; } = static _ => { };

    public SortedDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Uploads that were begun and not completed, by id.</summary>
    public SortedDictionary<string, UnfinishedUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public string Begin(string key)
    {
        string id = FormattableString.Invariant($"upload-{world.Random.NextInt64():x16}");
        Uploads[id] = new UnfinishedUpload(key, id);
        return id;
    }

    public void Complete(string uploadId, byte[] bytes)
    {
        if (!Uploads.Remove(uploadId, out UnfinishedUpload? upload))
        {
            throw ObjectStoreException.Missing(uploadId);
        }

        bool isAltered = !Objects.ContainsKey(upload.Key) && world.Chance(world.FaultRate / 10);
        Objects[upload.Key] = isAltered ? Altered(bytes, 1) : bytes;
    }

    public bool Delete(string key)
    {
        Deleting(key);
        return Objects.Remove(key);
    }

    public byte[] Read(string key, long offset, int count)
    {
        byte[] bytes = Objects.GetValueOrDefault(key) ?? throw ObjectStoreException.Missing(key);
        if (offset + count > bytes.Length)
        {
            throw ObjectStoreException.Cut(key, bytes.Length - offset, count);
        }

        byte[] read = bytes[(int)offset..(int)(offset + count)];
        return world.Chance(world.FaultRate / 10) ? Altered(read, 2) : read;
    }

    /// <summary>Flips bits of the first byte: others when writing than when sending, so that two faults never cancel out.</summary>
    private static byte[] Altered(byte[] bytes, byte bits)
    {
        byte[] altered = [.. bytes];
        if (altered.Length > 0)
        {
            altered[0] ^= bits;
        }

        return altered;
    }
}
