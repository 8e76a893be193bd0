using System.CommandLine;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;
using TopicGrpc.Parity.Inputs;
using TopicGrpc.Settings;
using TopicGrpc.Settings.Foreign;
using TopicGrpc.Settings.Planting;

const int GroupSize = 5;
Argument<FileInfo> embeddings = new("EMBEDDINGS") { Description = "Vectors, one per row (.npy); scaled to unit length." };
Argument<FileInfo> documents = new("DOCUMENTS")
{
    Description = "JSON Lines file with \"text\" and, for comparison, \"label\", in the order of the vectors; .gz is supported.",
};
Option<string> settings = new("--settings")
{
    Description = "Settings: auto, or bertopic (with English stop words).",
    DefaultValueFactory = static _ => "auto",
};
settings.AcceptOnlyFromAmong("auto", "bertopic");
Option<int> seeds = new("--seeds")
{
    Description = "Number of seeds; agreement is reported for groups of five.",
    DefaultValueFactory = static _ => GroupSize,
};
Option<int> firstSeed = new("--first-seed") { Description = "First seed; the others follow it.", DefaultValueFactory = static _ => 42 };
Option<int> every = new("--every")
{
    Description = "Use every n-th document only, for a smaller corpus.",
    DefaultValueFactory = static _ => 1,
};
Option<int> threads = new("--threads") { Description = "Number of threads.", DefaultValueFactory = static _ => 2 };
RootCommand command = new(
    "Measures the topics of given settings over several seeds: number, coherence, diversity, agreement with classes and between seeds.")
{
    embeddings, documents, settings, seeds, firstSeed, every, threads,
};
command.Subcommands.Add(PlantedCommand.Create());
command.Subcommands.Add(NoveltyCommand.Create());
command.SetAction((result, cancellationToken) =>
{
    TopicModelOptions options = result.GetValue(settings) == "auto"
        ? AutomaticSettings.All
        : new TopicModelOptions { Words = new WordOptions { StopWords = StopWords.English } };
    Matrix all = EmbeddingFile.Read(result.GetRequiredValue(embeddings).FullName);
    int step = Math.Max(1, result.GetValue(every));
    LabeledDocument[] chosen =
    [
        .. LabeledDocument.ReadAll(result.GetRequiredValue(documents).FullName).Where((_, line) => line % step == 0),
    ];
    Matrix rows = new(chosen.Length, all.Columns);
    for (int row = 0; row < rows.Rows; row++)
    {
        all.Row(row * step).CopyTo(rows.Row(row));
    }

    SeedRun run = new(rows, chosen, result.GetValue(threads));
    List<SeedResult> runs = [];
    QualityTable.WriteHeader(Console.Out);
    for (int i = 0; i < result.GetValue(seeds); i++)
    {
        runs.Add(run.Measure(options, result.GetValue(firstSeed) + i, cancellationToken));
        QualityTable.WriteLine(Console.Out, runs[^1]);
    }

    foreach (SeedResult[] group in runs.Chunk(GroupSize))
    {
        QualityTable.WriteMeans(Console.Out, group);
    }

    QualityTable.WriteCollapses(Console.Out, runs);
    return Task.FromResult(0);
});
return await command.Parse(args).InvokeAsync();
