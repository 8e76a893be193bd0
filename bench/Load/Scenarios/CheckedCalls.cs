using TopicGrpc.Client;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Load.Corpora;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Sequential calls for short texts that compare each answer with the first answer for the text.</summary>
internal sealed class CheckedCalls
{
    /// <summary>Number of texts.</summary>
    public const int Texts = 200;

    // Similar lengths, so that medians of different windows are comparable.
    private const int Characters = 48;

    private static readonly PredictOptions WithEmbedding = new() { IncludeEmbedding = true };

    private readonly TopicGrpcClient _client;
    private readonly string[] _texts;
    private readonly Prediction[] _before;
    private int _next = -1;
    private int _changed;

    private CheckedCalls(TopicGrpcClient client, string[] texts, Prediction[] before)
    {
        _client = client;
        _texts = texts;
        _before = before;
    }

    /// <summary>Number of answers that differ from the first.</summary>
    public int Changed => Volatile.Read(ref _changed);

    /// <summary>Truncates the texts and records the first answer for each.</summary>
    public static async Task<CheckedCalls> CreateAsync(TopicGrpcClient client, string[] texts, CancellationToken cancellationToken)
    {
        string[] cut = [.. texts.Select(static text => text.Trim()).Select(static text => text[..Math.Min(Characters, text.Length)])];
        var before = new Prediction[cut.Length];
        for (int index = 0; index < cut.Length; index++)
        {
            before[index] = await client.PredictAsync(Preparation.Some, cut[index], WithEmbedding, cancellationToken);
        }

        return new CheckedCalls(client, cut, before);
    }

    public async Task CallAsync(CancellationToken cancellationToken)
    {
        int index = Next();
        Check(index, await _client.PredictAsync(Preparation.Some, _texts[index], cancellationToken: cancellationToken));
    }

    /// <summary>Makes a call with the embedding of the text, which costs the server little.</summary>
    public async Task CallWithEmbeddingAsync(CancellationToken cancellationToken)
    {
        int index = Next();
        Check(
            index,
            await _client.Predictions.PredictEmbeddingAsync(
                Preparation.Some, _before[index].Embedding, cancellationToken: cancellationToken));
    }

    private int Next() => (int)((uint)Interlocked.Increment(ref _next) % (uint)_texts.Length);

    private void Check(int index, Prediction answer)
    {
        Prediction before = _before[index];
        bool isSame = (answer.Version, answer.TopicId, answer.TopicUid) == (before.Version, before.TopicId, before.TopicUid)
            && BitConverter.DoubleToInt64Bits(answer.Probability) == BitConverter.DoubleToInt64Bits(before.Probability);
        if (!isSame)
        {
            Interlocked.Increment(ref _changed);
        }
    }
}
