using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Settings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Contract;
using TopicGrpc.Shared.Limits;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using FitSettings = TopicGrpc.V1.FitSettings;
using UmapSettings = TopicGrpc.V1.UmapSettings;

namespace TopicGrpc.Cli.Tests.Settings;

/// <summary>
/// Contract, engine, files and options accept the same values of every number of settings and operations and have the same defaults.
/// The numbers are those of the descriptors: a new one is compared, or fails here until it is.
/// </summary>
public sealed class SettingsAgreementTests
{
    private const string Topic = "number of a topic, which the server compares with the version";

    private static readonly Dictionary<string, string> Unlimited = new()
    {
        ["seed"] = "every 64-bit number is a seed",
        ["merge_topics.groups.topic_ids"] = Topic,
        ["update_topics.topics"] = Topic,
        ["set_topic_labels.labels"] = Topic,
        ["delete_topics.topic_ids"] = Topic,
        ["split_topic.topic_id"] = Topic,
    };

    // The options of an operation; those of update_topics are read from files only.
    private static readonly Dictionary<string, string[]> Options = new()
    {
        ["reduce_topics.nr_topics"] = ["topics", "reduce", "news", "--to"],
        ["reduce_outliers.threshold"] = ["topics", "outliers", "news", "--threshold"],
        ["split_topic.min_cluster_size"] = ["topics", "split", "news", "1", "--min-cluster-size"],
        ["refit_outliers.min_cluster_size"] = ["topics", "refit-outliers", "news", "--min-cluster-size"],
        ["merge_models.min_similarity"] = ["models", "merge", "news", "sport@2", "--min-similarity"],
        ["update_predictions.outlier_min_similarity"] = ["models", "predictions", "news", "--min-similarity"],
        ["update_predictions.novelty_threshold"] = ["models", "predictions", "news", "--novelty-threshold"],
    };

    public static TheoryData<string> Settings { get; } = [.. Names(FitSettings.Descriptor)];

    public static TheoryData<string> Operations { get; } = [.. Names(VersionOperation.Descriptor)];

    [Fact]
    public void Numbers_WithoutRange_AreThoseWithAReason()
    {
        NumericField[] all = [.. NumericField.Below(FitSettings.Descriptor), .. NumericField.Below(VersionOperation.Descriptor)];

        Assert.Equal(Unlimited.Keys.Order(), all.Where(static field => !field.HasRange).Select(static field => field.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Range_OfEverySetting_SameInContractEngineAndFile(string name)
    {
        NumericField field = NumericField.Below(FitSettings.Descriptor).Single(field => field.Name == name);
        foreach ((double value, bool isValid) in field.Ends())
        {
            FitSettings settings = new();
            field.Set(settings, value);

            Assert.Equal(isValid, RequestLimits.Check(settings) is null);
            Assert.Equal(isValid, EngineAccepts(settings));
            Assert.Equal(isValid, FileAccepts(() => FitSettingsFile.Parse(FitSettingsFile.Write(FitSettingsMapping.Map(settings)))));
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Range_OfEveryOperation_SameInContractEngineFileAndOption(string name)
    {
        NumericField field = NumericField.Below(VersionOperation.Descriptor).Single(field => field.Name == name);
        foreach ((double value, bool isValid) in field.Ends())
        {
            VersionOperation operation = new();
            field.Set(operation, value);

            Assert.Equal(isValid, RequestLimits.Check(operation) is null);
            Assert.Equal(isValid, EngineAccepts(operation));
            Assert.Equal(isValid, FileAccepts(() => OperationFile.Parse("operation.json", Json(operation))));
            if (operation.UpdateTopics is null)
            {
                Assert.Equal(isValid, OptionAccepts(Options[name], value));
            }
        }
    }

    [Fact]
    public void Defaults_OfDistanceAndSpread_SameInRuleAndEngine()
    {
        UmapOptions library = UmapOptions.LibraryDefaults;

        Assert.Null(RequestLimits.Check(new FitSettings { Umap = new UmapSettings { MinDist = library.Spread } }));
        Assert.NotNull(
            RequestLimits.Check(new FitSettings { Umap = new UmapSettings { MinDist = Math.BitIncrement(library.Spread) } }));
        Assert.Null(RequestLimits.Check(new FitSettings { Umap = new UmapSettings { Spread = library.MinDistance } }));
        Assert.NotNull(
            RequestLimits.Check(new FitSettings { Umap = new UmapSettings { Spread = Math.BitDecrement(library.MinDistance) } }));
    }

    [Fact]
    public void Defaults_ResolvedAndReadFromAFile_GiveThemselves()
    {
        FitSettings defaults = FitSettingsContract.ToProto(FitSettingsContract.FromProto(new FitSettings()));

        Client.Settings.FitSettings file = FitSettingsFile.Parse(FitSettingsFile.Write(FitSettingsMapping.Map(defaults)));

        Assert.Equal(defaults, FitSettingsContract.ToProto(FitSettingsContract.FromProto(Resolved(FitSettingsMapping.Map(file)))));
    }

    [Fact]
    public void Defaults_OfOperations_SameInEngineClientHelpAndDocuments()
    {
        Engine.Topics.Operations.MergeModels merge = new();
        Engine.Topics.Operations.ReduceOutliers outliers = new(Engine.Topics.Operations.OutlierStrategy.Distributions);
        string similarity = merge.MinSimilarity.ToString(CultureInfo.InvariantCulture);
        string threshold = outliers.Threshold.ToString(CultureInfo.InvariantCulture);
        string[] page = File.ReadAllLines(Checkout.At("docs", "parameters.md"));

        Assert.Null(new Client.Operations.MergeModels([]).MinSimilarity);
        Assert.Equal(outliers.Threshold, new Client.Operations.ReduceOutliers().Threshold);
        Assert.Contains($"{similarity} as in BERTopic", Help("merge_models.min_similarity"), StringComparison.Ordinal);
        Assert.Contains($"Default: {threshold}.", Help("reduce_outliers.threshold"), StringComparison.Ordinal);
        Assert.EndsWith($", {similarity} |", Row(page, "merge_models"), StringComparison.Ordinal);
        Assert.EndsWith($", {threshold} |", Row(page, "reduce_outliers"), StringComparison.Ordinal);
    }

    private static string Row(string[] page, string method) =>
        page.Single(line => line.StartsWith($"| `{method}(", StringComparison.Ordinal));

    private static IEnumerable<string> Names(Google.Protobuf.Reflection.MessageDescriptor type) =>
        NumericField.Below(type).Where(static field => field.HasRange).Select(static field => field.Name);

    // "bertopic" is the preset of a file that names none.
    private static FitSettings Resolved(FitSettings settings)
    {
        settings.Preset = FitSettings.Types.Preset.Bertopic;
        return settings;
    }

    private static bool EngineAccepts(FitSettings settings)
    {
        try
        {
            TopicModelOptions options = FitSettingsContract.FromProto(settings);
            options.Validated();
            options.Layout.Validated();
            options.Clusters.Validated();
            options.Reduction.Validated();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool EngineAccepts(VersionOperation operation)
    {
        try
        {
            if (operation.MergeModels is { } merge)
            {
                new Engine.Topics.Operations.MergeModels(merge.MinSimilarity).Validate();
            }
            else if (operation.SplitTopic is { } split)
            {
                new Engine.Topics.Operations.SplitTopic(split.TopicId, split.MinClusterSize).Validate();
            }
            else if (operation.RefitOutliers is { } refit)
            {
                new Engine.Topics.Operations.RefitOutliers(refit.MinClusterSize).Validate();
            }
            else
            {
                // Only numbers of topics and documents are compared with the version.
                OperationMapping.FromProto(operation, model: null!).Validate();
            }

            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool FileAccepts(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (SettingsFileException)
        {
            return false;
        }
    }

    private static string Json(VersionOperation operation) => operation.OperationCase switch
    {
        VersionOperation.OperationOneofCase.ReduceTopics =>
            FormattableString.Invariant($$"""{"reduce_topics": {"nr_topics": {{operation.ReduceTopics.NrTopics}} } }"""),
        VersionOperation.OperationOneofCase.ReduceOutliers =>
            FormattableString.Invariant($$"""{"reduce_outliers": {"threshold": {{operation.ReduceOutliers.Threshold}} } }"""),
        VersionOperation.OperationOneofCase.MergeModels => FormattableString.Invariant(
            $$"""{"merge_models": {"models": ["sport@2"], "min_similarity": {{operation.MergeModels.MinSimilarity}} } }"""),
        VersionOperation.OperationOneofCase.SplitTopic => FormattableString.Invariant(
            $$"""{"split_topic": {"topic_id": 1, "min_cluster_size": {{operation.SplitTopic.MinClusterSize}} } }"""),
        VersionOperation.OperationOneofCase.RefitOutliers =>
            FormattableString.Invariant($$"""{"refit_outliers": {"min_cluster_size": {{operation.RefitOutliers.MinClusterSize}} } }"""),
        VersionOperation.OperationOneofCase.UpdatePredictions => Json(operation.UpdatePredictions),
        VersionOperation.OperationOneofCase.UpdateTopics => $$"""{"update_topics": {{Json(operation.UpdateTopics)}} }""",
        _ => throw new InvalidOperationException($"No file of {operation.OperationCase} is compared."),
    };

    private static string Json(VersionOperation.Types.UpdatePredictions update) => update.HasNoveltyThreshold
        ? FormattableString.Invariant($$"""{"update_predictions": {"novelty_threshold": {{update.NoveltyThreshold}} } }""")
        : FormattableString.Invariant($$"""{"update_predictions": {"outlier_min_similarity": {{update.OutlierMinSimilarity}} } }""");

    private static string Json(VersionOperation.Types.UpdateTopics update)
    {
        FitSettings settings = new()
        {
            Vectorizer = update.Vectorizer,
            Ctfidf = update.Ctfidf,
            RepresentationModel = update.RepresentationModel,
        };
        if (update.HasTopNWords)
        {
            settings.TopNWords = update.TopNWords;
        }

        return FitSettingsFile.Write(FitSettingsMapping.Map(settings));
    }

    private static bool OptionAccepts(string[] command, double value) =>
        Root().Parse([.. command[..^1], FormattableString.Invariant($"{command[^1]}={value}")]).Errors.Count == 0;

    private static string Help(string name)
    {
        Command command = Root();
        foreach (string part in Options[name][..2])
        {
            command = command.Subcommands.Single(candidate => candidate.Name == part);
        }

        return command.Options.Single(option => option.Name == Options[name][^1]).Description!;
    }

    private static RootCommand Root() =>
        CommandLine.Root(new CliContext(Terminal.Silent, TextWriter.Null, TextWriter.Null, static _ => null, TimeProvider.System));
}
