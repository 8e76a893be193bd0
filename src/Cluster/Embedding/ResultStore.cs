using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Results of chunks in the object store, from which another run, or another coordinator of the same run, continues. A result is a copy
/// that can be computed again, so a failing store delays nothing but makes later runs compute more. Thread-safe.
/// </summary>
internal sealed class ResultStore(
    ContentStore store, IOptions<ClusterEmbeddingOptions> options, TimeProvider clock, ILogger<ResultStore> logger)
{
    /// <summary>First characters of all keys.</summary>
    public const string Prefix = "embeddings/";

    private const int PageLength = 500;
    private const int CorpusDigits = 32;
    private const string DayFormat = "yyyyMMdd";

    /// <summary>Returns the key of the result of a chunk. Its day decides how long the result stays.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="encoder">Fingerprint of the encoder.</param>
    /// <param name="chunk">Content name of the chunk.</param>
    public string KeyOf(string corpusId, string encoder, string chunk) =>
        $"{PrefixOf(corpusId)}{encoder}/{Day(clock.GetUtcNow())}/{chunk}";

    /// <summary>Reads all results of a corpus and an encoder. A damaged one, or one deleted meanwhile, is left out.</summary>
    /// <param name="corpusId">Id of the corpus.</param>
    /// <param name="encoder">Fingerprint of the encoder.</param>
    /// <param name="cancellationToken">Stops between two results.</param>
    /// <exception cref="ObjectStoreException">The store failed.</exception>
    public async IAsyncEnumerable<ChunkResult> ReadAllAsync(
        string corpusId,
        string encoder,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            ObjectPage page = await store.ListAsync($"{PrefixOf(corpusId)}{encoder}/", after, PageLength, cancellationToken);
            foreach (StoredObject found in page.Objects)
            {
                if (await TryReadAsync(found.Key, found.Length, cancellationToken) is { } result)
                {
                    yield return result;
                }
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Reads the result of a chunk.</summary>
    /// <returns>Null if there is none, or the store fails.</returns>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            long? length = await store.FindLengthAsync(key, cancellationToken);
            return length is null || await TryReadBytesAsync(key, length.Value, cancellationToken) is not { } bytes
                || ChunkResult.Parse(bytes) is null
                ? null
                : bytes;
        }
        catch (ObjectStoreException failure)
        {
            Log.ResultNotRead(logger, failure);
            return null;
        }
    }

    /// <summary>Writes the result of a chunk, if the store works.</summary>
    public async Task TryWriteAsync(string key, byte[] result, CancellationToken cancellationToken)
    {
        try
        {
            BytesContent content = new(result);
            await store.PutAsync(key, content, ContentDescriptor.Describe(content, cancellationToken), cancellationToken);
        }
        catch (ObjectStoreException failure)
        {
            Log.ResultNotWritten(logger, failure);
        }
    }

    /// <summary>Deletes all results of a corpus.</summary>
    /// <exception cref="ObjectStoreException">The store failed; the deletion can run again.</exception>
    public Task ForgetAsync(string corpusId, CancellationToken cancellationToken) =>
        DeleteAsync(PrefixOf(corpusId), static _ => true, cancellationToken);

    /// <summary>Deletes the results whose days are over.</summary>
    /// <returns>Number of deleted objects.</returns>
    /// <exception cref="ObjectStoreException">The store failed; the next sweep continues.</exception>
    public Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        string oldest = Day(clock.GetUtcNow().AddDays(-options.Value.ResultDays));
        return DeleteAsync(
            Prefix,
            key => key.Split('/') is [_, _, _, { } day, _] && string.CompareOrdinal(day, oldest) < 0,
            cancellationToken);
    }

    // The id of a corpus may have characters that keys do not have.
    private static string PrefixOf(string corpusId) =>
        $"{Prefix}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(corpusId)))[..CorpusDigits]}/";

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString(DayFormat, CultureInfo.InvariantCulture);

    private async Task<ChunkResult?> TryReadAsync(string key, long length, CancellationToken cancellationToken) =>
        await TryReadBytesAsync(key, length, cancellationToken) is { } bytes ? ChunkResult.Parse(bytes) : null;

    private async Task<byte[]?> TryReadBytesAsync(string key, long length, CancellationToken cancellationToken)
    {
        if (length > ChunkResult.MaxBytes)
        {
            return null;
        }

        try
        {
            return await store.ReadSealedAsync(key, (int)length, cancellationToken);
        }
        catch (ObjectStoreException gone) when (gone.Error == ObjectStoreError.Missing)
        {
            return null;
        }
    }

    private Task<int> DeleteAsync(string prefix, Func<string, bool> isDeleted, CancellationToken cancellationToken) =>
        UnusedObjects.DeleteAsync(
            store, prefix, keys => Task.FromResult<IReadOnlyList<string>>(Array.FindAll(keys, key => isDeleted(key))), cancellationToken);
}
