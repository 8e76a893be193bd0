using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Parity.Topics;

/// <summary>A recorded BERTopic model and its settings.</summary>
internal sealed class RecordedModel(GoldenFolder golden, string name)
{
    public const string Plain = "plain";
    public const string Reduced = "reduced";
    public const string Merged = "merged";
    public const string MergedThenReduced = "merged_then_reduced_12";

    public static string[] All { get; } = [Plain, Reduced, Merged, MergedThenReduced];

    public string Folder { get; } = $"topics/{name}";

    /// <summary>
    /// Word settings: those that BERTopic saved with the model; without them those of the workflow for the reduced model, otherwise only
    /// its stop words.
    /// </summary>
    public TopicModelOptions Options => new() { Words = RecordedWords.Read(golden, Folder) ?? Workflow };

    private WordOptions Workflow => name == Reduced
        ? new WordOptions
        {
            StopWords = StopWords.English,
            MinTopicFrequency = FrequencyLimit.Share(0.01),
            MaxTopicFrequency = FrequencyLimit.Share(0.95),
        }
        : new WordOptions { StopWords = StopWords.English };

    public TopicAssignments Assignments => new(golden.Read($"{Folder}/topics").ToIntegers());

    public JsonElement Json(string file) => JsonDocument.Parse(golden.ReadText($"{Folder}/{file}")).RootElement;

    /// <summary>Extracts words, names and representative documents for the recorded assignments.</summary>
    public TopicContent Extract(IReadOnlyList<string> texts) =>
        new TopicExtraction(
            Documents(texts),
            Options.Words,
            ComputeOptions.Default,
            CancellationToken.None).Extract(Assignments, Options, CancellationToken.None);

    public string[] Vocabulary() => [.. Json("vocabulary.json").EnumerateArray().Select(term => term.GetString()!)];

    /// <summary>Reads the recorded weights; columns ascend within a row.</summary>
    public CsrMatrix<double> Weights(int columns)
    {
        int[] starts = golden.Read($"{Folder}/ctfidf_indptr").ToIntegers();
        int[] indices = golden.Read($"{Folder}/ctfidf_indices").ToIntegers();
        double[] values = golden.Read($"{Folder}/ctfidf_values").ToDoubles();
        for (int row = 0; row + 1 < starts.Length; row++)
        {
            Array.Sort(indices, values, starts[row], starts[row + 1] - starts[row]);
        }

        return new CsrMatrix<double>(columns, starts, indices, values);
    }

    /// <summary>Returns the texts with ids in the same order.</summary>
    public static DocumentTable Documents(IReadOnlyList<string> texts) =>
        DocumentTable.Sort([.. texts.Select((text, row) => new Document(row.ToString("D6", CultureInfo.InvariantCulture), text))]);
}
