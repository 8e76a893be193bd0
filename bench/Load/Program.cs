using System.CommandLine;
using System.Diagnostics;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Hosting;
using TopicGrpc.Load.Reports;
using TopicGrpc.Load.Scenarios;

// Run by name only: one takes half an hour, the others need a browser or PostgreSQL.
string[] rare = ["soak", "page-maps", "page-visitors", "cluster-chaos", "cluster-pause", "cluster-outage", "cluster-labels"];
DirectoryInfo repository = new(Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../..")));
IScenario[] all =
[
    new PredictScenario("full"),
    new EmbeddingScenario(),
    new StreamScenario(),
    new GhzScenario(new FileInfo(Path.Combine(repository.FullName, "../shared/tools/ghz"))),
    new CancellationScenario(),
    new OverloadScenario(),
    new MemoryScenario(),
    new LabelMovesScenario(),
    new RollbackScenario(),
    new ShadowScenario(),
    new BesideFitScenario(),
    new SecurityScenario(),
    new QuotaScenario(),
    new JsonScenario(),
    new RotationScenario(),
    new PredictScenario("fast"),
    new IngestScenario(), new IngestVectorsScenario(), new AssignScenario(), new KillsScenario(), new AttacksScenario(), new SoakScenario(),
    new PageMapsScenario(repository),
    new PageVisitorsScenario(),
    new ClusterChaosScenario(), new ClusterPauseScenario(), new ClusterOutageScenario(), new ClusterLabelsScenario(),
];
string[] names = [.. all.Select(static scenario => scenario.Name)];
string[] usual = [.. names.Except(rare)];

Option<string[]> scenarios = new("--scenario")
{
    Description = $"Scenarios to run, in this order: {string.Join(", ", names)}. "
        + $"Default: all but {string.Join(", ", rare)}.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => usual,
};
scenarios.AcceptOnlyFromAmong(names);
Option<bool> full = new("--full") { Description = "Run with the durations that the targets require; otherwise seconds per scenario." };
Option<double?> minutes = new("--soak-minutes") { Description = "Duration of the soak scenario. Default: 2, with --full 30." };
Option<double?> chaos = new("--chaos-minutes") { Description = "Duration of cluster-chaos. Default: 40 seconds, with --full 5." };
Option<string[]> attacks = new("--attack")
{
    Description = "Parts of names: of the scenario attacks, only the attacks whose names contain one of them run.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = static _ => [],
};
Option<FileInfo?> documents = new("--documents")
{
    Description = "JSON Lines file with a field \"text\". Default: the posts next to the repository with their recorded vectors, "
        + "or the sample.",
};
Option<FileInfo?> embeddings = new("--embeddings") { Description = "Vectors of the documents (.npy). Default: the server embeds." };
Option<int?> count = new("--documents-count")
{
    Description = "Documents of the larger model. Default: all if vectors are recorded, otherwise 1,000.",
};
Option<int?> vectors = new("--vector-documents")
{
    Description = "Documents of ingest-vectors and assign. Default: 50,000, with --full 1,000,000. Below some 200,000, compiling the code "
        + "takes a large part of the time.",
};
Option<FileInfo?> json = new("--json") { Description = "Path of the machine-readable results." };
RootCommand command = new(
    "Measures a server process over loopback and prints one row per target with the result. Exits with 1 if a target is missed.")
{
    scenarios, full, minutes, chaos, attacks, documents, embeddings, count, vectors, json,
};
command.SetAction(async (parsed, token) =>
{
    long started = Stopwatch.GetTimestamp();
    LoadPlan plan = parsed.GetValue(full) ? LoadPlan.Full : LoadPlan.Short;
    plan = parsed.GetValue(minutes) is { } length ? plan with { Soak = TimeSpan.FromMinutes(length) } : plan;
    plan = plan with { VectorDocuments = parsed.GetValue(vectors) ?? plan.VectorDocuments };
    plan = parsed.GetValue(chaos) is { } kills ? plan with { Cluster = plan.Cluster.WithChaos(TimeSpan.FromMinutes(kills)) } : plan;
    plan = plan with { Attacks = parsed.GetRequiredValue(attacks) };
    CorpusSource source = parsed.GetValue(documents) is { } given
        ? new CorpusSource(given, parsed.GetValue(embeddings))
        : CorpusSource.Find(repository);
    await using LoadContext context = new(plan, source, parsed.GetValue(count) ?? (source.Embeddings is null ? 1000 : int.MaxValue));
    FigureTable table = new(Console.Out);
    table.WriteHeader();
    foreach (IScenario scenario in all.Where(scenario => parsed.GetRequiredValue(scenarios).Contains(scenario.Name)))
    {
        await Console.Error.WriteLineAsync(scenario.Name);
        table.Add(await scenario.MeasureAsync(context, token));
    }

    table.WriteSummary(Stopwatch.GetElapsedTime(started));
    if (parsed.GetValue(json) is { } file)
    {
        await table.SaveAsync(file, token);
    }

    return table.IsMet ? 0 : 1;
});

// The server of a run is another process of this program.
Argument<string> folder = new("FOLDER");
Argument<string> precision = new("PRECISION");
Argument<int> keepLoaded = new("KEEP_LOADED");
Argument<int> port = new("PORT");
Argument<string> certificate = new("CERTIFICATE");
Command host = new("host") { folder, precision, keepLoaded, port, certificate };
host.Hidden = true;
host.SetAction(
    (parsed, token) =>
        HostedServer.RunAsync(
            new ServerArguments(
                parsed.GetRequiredValue(folder),
                parsed.GetRequiredValue(precision),
                parsed.GetValue(keepLoaded),
                parsed.GetValue(port),
                parsed.GetRequiredValue(certificate)),
            token));
command.Add(host);
return await command.Parse(args).InvokeAsync();
