using System.Security.Cryptography;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Documents;

/// <summary>The records of entries as objects of the store. Thread-safe.</summary>
/// <param name="contents">The store.</param>
/// <param name="window">Entries that an object may become; the same at all members.</param>
internal sealed class RecordStore(ContentStore contents, int window = RecordKeys.Window)
{
    /// <summary>Writes records and verifies what the store holds afterwards.</summary>
    /// <param name="records">The records and their place.</param>
    /// <param name="earlier">An object of a rejected attempt, used again if it has the same records and may become this entry.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<StoredRecords> WriteAsync(PlannedRecords records, StoredRecords? earlier, CancellationToken cancellationToken)
    {
        BytesContent content = new(RecordObject.Encode(records.Records));
        var descriptor = ContentDescriptor.Describe(content, cancellationToken);
        byte[] sha256 = Convert.FromHexString(descriptor.Sha256);
        if (earlier is not null
            && sha256.AsSpan().SequenceEqual(earlier.Sha256)
            && RecordKeys.IsUsable(earlier.Key, records.LogId, records.Number, window))
        {
            return earlier;
        }

        return await WriteAsync(RecordKeys.New(records.LogId, records.Number), content, descriptor, cancellationToken);
    }

    /// <summary>Writes records that replace those of an entry, and verifies what the store holds afterwards.</summary>
    /// <param name="logId">Id of the log.</param>
    /// <param name="number">Number of the next entry: until the window from it is over, no sweep deletes the object.</param>
    /// <param name="records">Payloads of the records.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public Task<StoredRecords> WriteAsync(
        string logId, long number, IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken)
    {
        BytesContent content = new(RecordObject.Encode(records));
        return WriteAsync(
            RecordKeys.New(logId, number), content, ContentDescriptor.Describe(content, cancellationToken), cancellationToken);
    }

    /// <summary>Returns the values of the columns that name stored records.</summary>
    public static (string Name, object? Value)[] Columns(StoredRecords stored) =>
    [
        ("@key", stored.Key),
        ("@length", stored.Length),
        ("@sha256", stored.Sha256),
        ("@blocks", stored.Blocks),
    ];

    /// <summary>Reads records and verifies them.</summary>
    /// <exception cref="InvalidDataException">The object is missing or damaged.</exception>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(StoredRecords stored, CancellationToken cancellationToken)
    {
        ContentDescriptor descriptor = new(
            Convert.ToHexStringLower(stored.Sha256),
            stored.Length,
            [.. stored.Blocks.Chunk(SHA256.HashSizeInBytes).Select(Convert.ToHexStringLower)]);
        descriptor.Check();
        try
        {
            return RecordObject.Decode(await contents.ReadAllAsync(stored.Key, descriptor, RecordObject.MaxBytes, cancellationToken));
        }
        catch (ObjectStoreException lost) when (lost.Error is ObjectStoreError.Missing or ObjectStoreError.Damaged)
        {
            throw new InvalidDataException(lost.Message, lost);
        }
    }

    private async Task<StoredRecords> WriteAsync(
        string key, BytesContent content, ContentDescriptor descriptor, CancellationToken cancellationToken)
    {
        await contents.PutAsync(key, content, descriptor, cancellationToken);
        return new StoredRecords(
            key,
            descriptor.Length,
            Convert.FromHexString(descriptor.Sha256),
            [.. descriptor.Blocks.SelectMany(Convert.FromHexString)]);
    }
}
