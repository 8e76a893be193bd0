using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TopicGrpc.Cli.Input;
using TopicGrpc.Client;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Predicts the topics of the documents of an input over one stream.</summary>
internal sealed class DocumentPrediction(TopicGrpcClient client, InputSource input)
{
    /// <summary>Yields every document with its outcome, in the order of the input.</summary>
    /// <exception cref="InputException">A record is invalid or breaks a limit; the documents before it have been yielded.</exception>
    public async IAsyncEnumerable<(InputDocument Document, PredictionOutcome Outcome)> RunAsync(
        ModelSelector model,
        PredictOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The stream reads ahead of its answers by a bounded number of texts; answers arrive in the order of the texts.
        ConcurrentQueue<InputDocument> sent = new();
        await foreach (PredictionOutcome outcome in client.Predictions.PredictStreamAsync(
            model, TextsAsync(sent, cancellationToken), options, cancellationToken))
        {
            if (!sent.TryDequeue(out InputDocument? document))
            {
                throw new InvalidOperationException("The server sent more answers than it received texts.");
            }

            yield return (document, outcome);
        }
    }

    private async IAsyncEnumerable<string> TextsAsync(
        ConcurrentQueue<InputDocument> sent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (InputDocument document in input.ReadAsync(cancellationToken))
        {
            sent.Enqueue(document);
            yield return document.Text;
        }
    }
}
