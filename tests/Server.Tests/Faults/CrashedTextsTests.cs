using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>How deaths of the process are counted: which texts become suspects, and which text is quarantined.</summary>
public sealed class CrashedTextsTests : IDisposable
{
    private const string Encoder = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string OtherEncoder = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly DataFolder _data;
    private readonly CrashedTexts _crashed;

    public CrashedTextsTests()
    {
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);
        new CorpusFolder(_data, "news").Create();
        _crashed = new CrashedTexts(_data, Options.Create(new FitOptions()), _clock, NullLogger<CrashedTexts>.Instance);
    }

    [Fact]
    public void Settle_NoDeath_IsNoVerdict()
    {
        using (_crashed.Begin("news", Encoder, 2, static () => false))
        {
            // The run ends regularly.
        }

        Assert.Equal(CrashVerdict.None, _crashed.Settle());
        Assert.False(File.Exists(_data.Paths.Running));
    }

    [Fact]
    public void Settle_ThreeDeathsWithOneCommonText_SuspectsThatTextAlone()
    {
        Die("a", "poison");
        Assert.Equal(new CrashVerdict("news", false, false), _crashed.Settle());
        Die("poison", "b");
        Assert.Equal(new CrashVerdict("news", false, false), _crashed.Settle());
        Die("a", "poison");

        Assert.Equal(new CrashVerdict("news", HasSuspects: true, HasQuarantined: false), _crashed.Settle());
        Assert.Equal([EmbeddingCache.KeyOf("poison")], _crashed.Suspects("news", Encoder));
        Assert.Empty(_crashed.Suspects("news", OtherEncoder));
        Assert.Empty(Exclude("a", "b", "poison"));
    }

    [Fact]
    public void Settle_DeathsWithoutACommonText_SuspectNone()
    {
        foreach (string text in (string[])["a", "b", "c", "d"])
        {
            Die(text);
            Assert.Equal(new CrashVerdict("news", false, false), _crashed.Settle());
        }

        Assert.Empty(_crashed.Suspects("news", Encoder));
    }

    [Fact]
    public void Settle_TextsThatHadReturned_AreNotCounted()
    {
        for (int death = 0; death < 3; death++)
        {
            using (RunningTexts running = Begin(2))
            {
                int place = running.Enter(EmbeddingCache.KeyOf("done"), "d");
                running.Enter(EmbeddingCache.KeyOf("poison"), "p");
                running.Leave(place);
            }

            _crashed.Settle();
        }

        Assert.Equal([EmbeddingCache.KeyOf("poison")], _crashed.Suspects("news", Encoder));
    }

    [Fact]
    public void Settle_InterruptedAfterTheRecord_CountsTheDeathOnce()
    {
        Die("poison");
        byte[] left = File.ReadAllBytes(_data.Paths.Running);
        for (int attempt = 0; attempt < 5; attempt++)
        {
            File.WriteAllBytes(_data.Paths.Running, left);
            _crashed.Settle();
        }

        Assert.Empty(_crashed.Suspects("news", Encoder));
    }

    [Fact]
    public void Settle_DeathOfATextThatRanAlone_QuarantinesItForThisEncoder()
    {
        Suspect("poison");
        Die(window: 1, "poison");

        Assert.Equal(new CrashVerdict("news", HasSuspects: false, HasQuarantined: true), _crashed.Settle());

        Assert.Equal(["poison"], Exclude("a", "poison"));
        Assert.Empty(_crashed.Exclude("news", OtherEncoder, [new Document("poison", "poison")]));
        CrashedText text = Assert.Single(new CrashFile(_data, "news").Read().Texts);
        Assert.Equal((4, _clock.GetUtcNow()), (text.Deaths, text.Quarantined));
        _crashed.Clear("news", Encoder);
        Assert.Equal(["poison"], Exclude("a", "poison"));
    }

    [Fact]
    public void Settle_TwoPoisonTexts_AreQuarantinedOneAfterTheOther()
    {
        Suspect("p", "q");
        Die(window: 1, "p");
        Assert.Equal(new CrashVerdict("news", HasSuspects: true, HasQuarantined: true), _crashed.Settle());
        Die(window: 1, "q");
        Assert.Equal(new CrashVerdict("news", HasSuspects: false, HasQuarantined: true), _crashed.Settle());

        Assert.Equal(["p", "q"], Exclude("p", "a", "q"));
    }

    [Fact]
    public void Settle_SixteenTextsAreQuarantined_QuarantinesNoMore()
    {
        for (int text = 0; text <= CrashedTexts.MaxQuarantined; text++)
        {
            Die(window: 1, FormattableString.Invariant($"poison {text}"));
            Assert.Equal(text < CrashedTexts.MaxQuarantined, _crashed.Settle().HasQuarantined);
        }

        Assert.Equal(CrashedTexts.MaxQuarantined, new CrashFile(_data, "news").Read().Texts.Count);
    }

    [Fact]
    public void Clear_AllTextsEmbedded_SuspectsNone()
    {
        Suspect("slow");

        _crashed.Clear("news", Encoder);

        Assert.Empty(_crashed.Suspects("news", Encoder));
    }

    [Fact]
    public void Settle_HangingText_StaysRecordedWhenTheRunEnds()
    {
        RunningTexts running = _crashed.Begin("news", Encoder, 2, static () => true);
        running.Enter(EmbeddingCache.KeyOf("hangs"), "h");
        running.Dispose();

        Assert.Equal("news", _crashed.Settle().CorpusId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(300)]
    public void Settle_FileCutOff_IgnoresWhatIsIncomplete(int length)
    {
        Die("poison");
        using (FileStream file = File.OpenWrite(_data.Paths.Running))
        {
            file.SetLength(length);
        }

        Assert.False(_crashed.Settle().HasSuspects);
        Assert.False(File.Exists(_data.Paths.Running));
    }

    [Fact]
    public void Settle_CorpusIsDeleted_IsNoVerdict()
    {
        Die("poison");
        Directory.Delete(_data.Paths.Corpus("news"), recursive: true);

        Assert.Equal(CrashVerdict.None, _crashed.Settle());
    }

    [Fact]
    public void Read_DamagedRecord_StartsFromZero()
    {
        Suspect("poison");
        File.WriteAllText(Path.Combine(_data.Paths.Corpus("news"), CrashFile.Name), "{");

        Assert.Empty(_crashed.Suspects("news", Encoder));
        Die("poison");
        Assert.Equal(new CrashVerdict("news", false, false), _crashed.Settle());
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private RunningTexts Begin(int window) => _crashed.Begin("news", Encoder, window, static () => true);

    private void Suspect(params string[] texts)
    {
        for (int death = 0; death < 3; death++)
        {
            Die(texts);
            _crashed.Settle();
        }
    }

    private void Die(params string[] texts) => Die(Math.Max(2, texts.Length), texts);

    /// <summary>Leaves what a process leaves that ends while texts run: the file with their records.</summary>
    private void Die(int window, params string[] texts)
    {
        using RunningTexts running = Begin(window);
        foreach (string text in texts)
        {
            running.Enter(EmbeddingCache.KeyOf(text), text);
        }
    }

    private IReadOnlyList<string> Exclude(params string[] texts) =>
        _crashed.Exclude("news", Encoder, [.. texts.Select(static text => new Document(text, text))]);
}
