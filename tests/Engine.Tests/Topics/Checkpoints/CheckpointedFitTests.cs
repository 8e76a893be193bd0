using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Tests.Archive;
using TopicGrpc.Engine.Tests.Topics.Fitting;
using TopicGrpc.Engine.Tests.Topics.Representations;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using Xunit;

namespace TopicGrpc.Engine.Tests.Topics.Checkpoints;

/// <summary>A fit that continues after stored stages makes the archive of a fit that computes all stages, byte for byte.</summary>
public sealed class CheckpointedFitTests
{
    private static readonly SyntheticCorpus Corpus = new();
    private static readonly FitStage[] Stages = [FitStage.Neighbors, FitStage.Layout, FitStage.Clusters];
    private static readonly string[] Themes = ["graphics", "hockey", "rocket", "recipe"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bertopic")]
    [InlineData("automatic")]
    [InlineData("few copies")]
    [InlineData("many copies")]
    [InlineData("classes")]
    [InlineData("seed topics")]
    [InlineData("zero-shot topics")]
    [InlineData("sample")]
    public void Fit_AfterAnyStoredStages_GivesTheSameArchive(string kind)
    {
        (FitInput input, TopicModelOptions options) = Case(kind);
        MemoryCheckpoints whole = new();
        Dictionary<string, byte[]> expected = Fit(input, options, null);

        Assert.Equal(expected, Fit(input, options, whole));
        FitStage[] all = kind == "sample" ? [.. Stages, FitStage.Assignment] : Stages;
        Assert.Equal(all, whole.Stored);

        FitStage[][] stored = [[FitStage.Neighbors], [FitStage.Neighbors, FitStage.Layout], all, [all[^1]]];
        foreach (FitStage[] kept in stored)
        {
            MemoryCheckpoints some = whole.Only(kept);

            Assert.Equal(expected, Fit(input, options, some));
            Assert.Equal(kept, some.Read);
            Assert.Equal(all.Except(kept), some.Stored);
            Assert.Empty(some.Rejected);
        }
    }

    [Fact]
    public void Fit_ManualTopics_ContinuesAfterTheNeighbors()
    {
        (FitInput input, TopicModelOptions options) = Case("manual topics");
        MemoryCheckpoints checkpoints = new();
        Dictionary<string, byte[]> expected = Fit(input, options, checkpoints);

        Assert.Equal(expected, Fit(input, options, checkpoints));
        Assert.Equal([FitStage.Neighbors], checkpoints.Read);
    }

    [Fact]
    public void Fit_DamagedContents_ComputesTheirStages()
    {
        (FitInput input, TopicModelOptions options) = Case("automatic");
        MemoryCheckpoints whole = new();
        Dictionary<string, byte[]> expected = Fit(input, options, whole);

        foreach (FitStage stage in Stages)
        {
            byte[] content = whole.Contents[stage];
            byte[][] damaged = [[], content[..^1], [.. content, 0], Changed(content, 4)];
            foreach (byte[] bytes in damaged)
            {
                MemoryCheckpoints checkpoints = whole.Only(Stages);
                checkpoints.Contents[stage] = bytes;

                Assert.Equal(expected, Fit(input, options, checkpoints));
                Assert.Equal([stage], checkpoints.Rejected);
                Assert.Equal([stage], checkpoints.Stored);
            }
        }
    }

    [Fact]
    public void Fit_ContentsOfAnotherCorpusSize_ComputesAllStages()
    {
        (FitInput input, TopicModelOptions options) = Case("bertopic");
        MemoryCheckpoints other = new();
        Fit(Case("many copies").Input, options, other);

        Dictionary<string, byte[]> files = Fit(input, options, other);

        Assert.Equal(Fit(input, options, null), files);
        Assert.Equal(Stages, other.Rejected);
    }

    [Fact]
    public void Fit_StoredStages_KeepTheirTimesInTheReport()
    {
        (FitInput input, TopicModelOptions options) = Case("bertopic");
        MemoryCheckpoints checkpoints = new();
        TopicModel first = new TopicModelTrainer(options).Fit(
            input with { Checkpoints = checkpoints }, ComputeOptions.Default, progress: null, Token);

        TopicModel second = new TopicModelTrainer(options).Fit(
            input with { Checkpoints = checkpoints }, ComputeOptions.Default, progress: null, Token);

        Assert.Equal(first.Report.Stages.Take(Stages.Length), second.Report.Stages.Take(Stages.Length));
    }

    private static (FitInput Input, TopicModelOptions Options) Case(string kind) => kind switch
    {
        "automatic" => (Corpus.Input, AutomaticSettings.All),
        "few copies" => (WithCopies(6), AutomaticSettings.All),
        "many copies" => (WithCopies(60), AutomaticSettings.All),
        "classes" => (
            Corpus.Input with { Guidance = new TopicGuidance { Targets = Classes(document => document.Id[^1] % 2 == 0 ? "a" : null) } },
            SyntheticCorpus.Options),
        "seed topics" => (
            Corpus.Input with { Guidance = new TopicGuidance { Embedder = Encoder() } },
            SyntheticCorpus.Options with { SeedTopics = [["hockey"], ["rocket"]] }),
        "zero-shot topics" => (
            Corpus.Input with { Guidance = new TopicGuidance { Embedder = Encoder() } },
            SyntheticCorpus.Options with { CalculateProbabilities = false, ZeroShotTopics = ["hockey", "graphics"] }),
        "manual topics" => (
            Corpus.Input with { Guidance = new TopicGuidance { ManualTopics = Classes(static document => document.Text.Split(' ')[0]) } },
            SyntheticCorpus.Options with { CalculateProbabilities = false }),
        "sample" => (Sampled(), SampledCorpus.Options),
        _ => (Corpus.Input, SyntheticCorpus.Options),
    };

    private static FitInput Sampled()
    {
        SampledCorpus corpus = new();
        return new FitInput(corpus.Documents, corpus.Vectors, corpus.Embedder);
    }

    private static FitInput WithCopies(int copies)
    {
        int count = Corpus.Documents.Count;
        List<Document> documents = [.. Corpus.Documents];
        Matrix rows = new(count + copies, Corpus.Embeddings.Columns);
        Corpus.Embeddings.Span.CopyTo(rows.Span);
        for (int copy = 0; copy < copies; copy++)
        {
            documents.Add(documents[copy] with { Id = FormattableString.Invariant($"copy-{copy}") });
            rows.Row(copy).CopyTo(rows.Row(count + copy));
        }

        return new FitInput(documents, rows, SyntheticCorpus.Embedder);
    }

    private static Dictionary<string, string> Classes(Func<Document, string?> nameOf) => Corpus.Documents
        .Where(document => nameOf(document) is not null)
        .ToDictionary(static document => document.Id, document => nameOf(document)!);

    /// <summary>An encoder that knows a word of each theme, near the documents of the theme.</summary>
    private static TableEmbedder Encoder() => new(
        Corpus.Embeddings.Columns,
        SyntheticCorpus.Embedder.Sha256,
        Themes.Select(static (word, theme) => (word, theme)).ToDictionary(
            static entry => entry.word,
            static entry => Enumerable.Range(0, Corpus.Embeddings.Columns).Select(k => k == 3 * entry.theme ? 1f : 0f).ToArray()));

    private static byte[] Changed(byte[] content, int index)
    {
        byte[] changed = [.. content];
        changed[index] ^= 1;
        return changed;
    }

    /// <summary>Fits with a clock that stands still, so that archives with equal topics are equal.</summary>
    /// <returns>The files of the archive.</returns>
    private static Dictionary<string, byte[]> Fit(FitInput input, TopicModelOptions options, MemoryCheckpoints? checkpoints)
    {
        using ArchiveFolder folder = new();
        TopicModel model = new TopicModelTrainer(options, new StoppedClock()).Fit(
            input with { Checkpoints = checkpoints }, new ComputeOptions { Threads = 2 }, progress: null, Token);
        ModelArchive.Save(model, folder.Model, Token);
        return Directory.GetFiles(folder.Model).ToDictionary(static path => Path.GetFileName(path), File.ReadAllBytes);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
