using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Jobs;

/// <summary>
/// Streams an input into a corpus. <see cref="CountAsync"/> reads the input first: it finds invalid lines before anything is sent and
/// gives the total for the progress.
/// </summary>
internal sealed class Ingestion(TopicGrpcClient client, InputSource source, string corpus)
{
    // Limits of the contract for attributes. A field that exceeds them is free text, not a class: omit the field, keep its document.
    private const int MaxAttributes = 32;
    private const int MaxKeyBytes = 64;
    private const int MaxValueBytes = 256;

    private long _omitted;

    /// <summary>Number of fields omitted because they exceed the limits of attributes.</summary>
    public long OmittedAttributes => _omitted;

    /// <exception cref="InputException">The input is invalid or contains no document.</exception>
    public static async Task<long> CountAsync(InputSource source, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach (InputDocument _ in source.ReadAsync(cancellationToken))
        {
            count++;
        }

        return count > 0 ? count : throw new InputException(source.Path, "contains no document");
    }

    public async Task<IngestResult> RunAsync(long total, IProgressBoard board, CancellationToken cancellationToken)
    {
        IProgressStep step = board.Start("documents");
        await client.Corpora.CreateAsync(corpus, new CreateCorpusOptions { AllowExisting = true }, cancellationToken);
        IngestOptions options = new() { SessionId = InputIdentity.Of(source).Fingerprint };
        ProgressRelay<IngestProgress> progress = new(at => step.Report(
            (double)at.Acknowledged / total,
            string.Create(CultureInfo.InvariantCulture, $"{at.Acknowledged:N0} of {total:N0} stored")));
        IAsyncEnumerable<TopicDocument> documents = DocumentsAsync(cancellationToken);
        IngestResult result = await client.Corpora.IngestAsync(corpus, documents, options, progress, cancellationToken);
        step.Complete(string.Create(CultureInfo.InvariantCulture, $"{result.Documents:N0}"));
        return result;
    }

    private async IAsyncEnumerable<TopicDocument> DocumentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (InputDocument document in source.ReadAsync(cancellationToken))
        {
            yield return new TopicDocument(document.Key, document.Text) { Time = document.Time, Attributes = Limited(document.Attributes) };
        }
    }

    private Dictionary<string, string> Limited(IReadOnlyDictionary<string, string> attributes)
    {
        var limited = attributes
            .Where(pair => Encoding.UTF8.GetByteCount(pair.Key) is > 0 and <= MaxKeyBytes)
            .Where(pair => Encoding.UTF8.GetByteCount(pair.Value) <= MaxValueBytes)
            .Take(MaxAttributes)
            .ToDictionary(StringComparer.Ordinal);
        _omitted += attributes.Count - limited.Count;
        return limited;
    }
}
