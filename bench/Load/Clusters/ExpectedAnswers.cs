using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Testing;

namespace TopicGrpc.Load.Clusters;

/// <summary>The answers of both versions to some texts, read by version number. Every later answer is one of them, whole.</summary>
internal sealed class ExpectedAnswers
{
    /// <summary>Options of all calls whose answers are compared.</summary>
    public static readonly PredictOptions Options = new() { IncludeWords = true };

    private const int Count = 50;

    private readonly Dictionary<(long Version, int Text), string> _answers = [];

    /// <summary>Asks both versions.</summary>
    public static async Task<ExpectedAnswers> ReadAsync(TopicGrpcClient client, CancellationToken cancellationToken)
    {
        ExpectedAnswers expected = new();
        for (int version = 1; version <= 2; version++)
        {
            for (int text = 0; text < Count; text++)
            {
                string selector = string.Create(CultureInfo.InvariantCulture, $"{LoadCluster.News}@{version}");
                Prediction answer = await client.PredictAsync(selector, ThemedTexts.Text(text), Options, cancellationToken);
                expected._answers.Add((version, text), Content(answer));
            }
        }

        return expected;
    }

    /// <summary>Returns the text of a call.</summary>
    public static string Text(int call) => ThemedTexts.Text(call % Count);

    /// <summary>Returns whether an answer is that of its version.</summary>
    public bool Matches(int call, Prediction answer) =>
        _answers.GetValueOrDefault((answer.Version, call % Count)) == Content(answer);

    private static string Content(Prediction answer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{answer.TopicId} {answer.TopicUid} {answer.Name} {answer.Probability:R} {string.Join(' ', answer.Words)}");
}
