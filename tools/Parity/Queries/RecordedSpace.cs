using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Engine.Words;
using TopicGrpc.Parity.Topics;

namespace TopicGrpc.Parity.Queries;

/// <summary>The recorded model "plain", built from its recorded assignments, ready for queries.</summary>
internal sealed class RecordedSpace
{
    public RecordedSpace(GoldenFolder golden, IReadOnlyList<string> texts)
    {
        RecordedModel model = new(golden, RecordedModel.Plain);
        Labels = golden.Read($"{model.Folder}/topics").ToIntegers();
        Content = model.Extract(texts);
        Space = new TermSpace(
            Content.Vocabulary,
            model.Options.Words,
            new ClassTfIdf(model.Options.Weights, Content.InverseFrequencies),
            Content.TermWeights,
            Labels.Contains(-1) ? 1 : 0);
    }

    public static string Input { get; } = $"topics/{RecordedModel.Plain}/topics";

    public int[] Labels { get; }

    public TopicContent Content { get; }

    public TermSpace Space { get; }
}
