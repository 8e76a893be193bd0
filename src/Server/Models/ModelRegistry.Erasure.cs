using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>Erased documents in versions.</summary>
internal sealed partial class ModelRegistry
{
    /// <summary>Hides erased documents in all versions that are in memory. A version that is loaded later hides them then.</summary>
    public void HideErased()
    {
        foreach (VersionEntry entry in Current.Models.Values.SelectMany(static model => model.All))
        {
            loader.HideErased(entry.Handle);
            loader.HideErased(entry.Retired);
        }
    }

    /// <summary>Removes documents from the files of a version, and puts the version without them in place of a loaded one.</summary>
    /// <param name="modelId">Id of the model.</param>
    /// <param name="number">Number of the version; a deleted version is left alone.</param>
    /// <param name="erase">Returns the topic model without the documents; null if it has none of them.</param>
    /// <param name="cancellationToken">Stops before the files are replaced.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    /// <exception cref="InvalidDataException">The files of the version are damaged; nothing was changed.</exception>
    public async Task EraseAsync(
        string modelId, long number, Func<TopicModel, Task<TopicModel?>> erase, CancellationToken cancellationToken)
    {
        if (await loader.ReplaceAsync(modelId, number, erase, cancellationToken) is { } replaced)
        {
            await ExchangeAsync(modelId, number, replaced);
        }
    }

    /// <summary>Reads the files of a loaded version again, because another server has replaced them.</summary>
    /// <exception cref="IOException">The disk failed; the version hides the erased documents and answers as before.</exception>
    /// <exception cref="InvalidDataException">The files are damaged.</exception>
    public async Task ReloadAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        if (Current.Find(modelId, number)?.Handle is not null)
        {
            await ExchangeAsync(modelId, number, await loader.ReadAgainAsync(modelId, number, cancellationToken));
        }
    }

    private async Task ExchangeAsync(string modelId, long number, NativeModel replaced)
    {
        using (await routing.EnterAsync(CancellationToken.None))
        {
            VersionEntry? entry = Current.Find(modelId, number);
            if (entry?.Handle is not { } old)
            {
                replaced.Dispose();
                return;
            }

            VersionHandle next = loader.Open(entry.Record, replaced);
            routing.Exchange(Current.With(modelId, entry with { Handle = next, Retired = old }), next);
            routing.Retire(old);
        }
    }

    /// <summary>Replaces the operation in the record of a version.</summary>
    public Task ReplaceOperationAsync(string modelId, long number, VersionOperation operation) =>
        table.ReplaceOperationAsync(modelId, number, operation);
}
