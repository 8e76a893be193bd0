using System.Globalization;
using System.Runtime.CompilerServices;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Streams a surveyed input into a corpus.</summary>
/// <param name="client">Client of the server.</param>
/// <param name="input">The input.</param>
/// <param name="corpus">Id of the corpus; created if missing.</param>
/// <param name="given">What a new corpus declares about given embeddings; null for nothing.</param>
internal sealed class Ingestion(TopicGrpcClient client, InputSurvey input, string corpus, GivenEmbeddings? given)
{
    /// <exception cref="InputException">The input has changed since the survey.</exception>
    public async Task<IngestResult> RunAsync(IProgressBoard board, CancellationToken cancellationToken)
    {
        IProgressStep step = board.Start("documents");
        CreateCorpusOptions creation = new() { AllowExisting = true, GivenEmbeddings = given };
        await client.Corpora.CreateAsync(corpus, creation, cancellationToken);
        IngestOptions options = new() { SessionId = input.Identity.Fingerprint, ThrowOnRejection = false };
        ProgressRelay<IngestProgress> progress = new(at => step.Report(
            (double)at.Acknowledged / input.Documents,
            string.Create(CultureInfo.InvariantCulture, $"{at.Acknowledged:N0} of {input.Documents:N0} stored")));
        IAsyncEnumerable<TopicDocument> documents = DocumentsAsync(cancellationToken);
        IngestResult result = await client.Corpora.IngestAsync(corpus, documents, options, progress, cancellationToken);
        step.Complete(string.Create(CultureInfo.InvariantCulture, $"{result.Documents:N0}"));
        return result;
    }

    private async IAsyncEnumerable<TopicDocument> DocumentsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (InputDocument document in input.DocumentsAsync(cancellationToken))
        {
            yield return new TopicDocument(document.Key, document.Text)
            {
                Time = document.Time,
                Attributes = document.Attributes,
                Embedding = document.Embedding,
            };
        }
    }
}
