using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Storage;

/// <summary>A data folder of schema 2, where fits and versions were stored as whole messages, opens without a loss.</summary>
public sealed class ContentUpgradeTests
{
    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).AddTicks(1_234_567);

    [Fact]
    public void Open_FitsOfSchema2_KeepEveryField()
    {
        Fit fitted = Fitted();
        Fit failed = Failed();
        using var data = TestDatabase.UpgradeFrom([(fitted, "once"), (failed, string.Empty)]);
        FitTable fits = new(data.Database);

        FitRow row = fits.Find("f1")!;

        Assert.Equal(SqliteSchema.Version, data.Scalar("PRAGMA user_version"));
        Assert.Equal((1, 1, 1_000_005L), (row.Ordinal, row.Attempts, row.LastSequence));
        // Schema 2 has no kinds; the content of a fit decides.
        fitted.Kind = Fit.Types.Kind.Fit;
        failed.Kind = Fit.Types.Kind.Derivation;
        Assert.Equal(fitted, FitStateMapping.ToProto(row.State, fits.ReadContent("f1")));
        Assert.Equal(failed, FitStateMapping.ToProto(fits.Find("f2")!.State, fits.ReadContent("f2")));
        Assert.Equal("f1", fits.FindByRequest("once")!.Value.Id);
        Assert.Equal([1, 2, 3], fits.FindByRequest("once")!.Value.Sha256);
        Assert.Equal(["f2", "f1"], fits.List(long.MaxValue, 10, "m").Select(static item => item.State.Id));
    }

    [Fact]
    public void Open_UnfinishedFitsOfSchema2_AreFoundInTheirOrder()
    {
        Fit running = new()
        {
            Name = "fits/f3",
            Model = "models/m",
            Corpus = "corpora/news",
            State = Fit.Types.State.Running,
            CreateTime = Timestamp.FromDateTimeOffset(Start),
            Settings = new FitSettings { Seed = 3 },
        };
        Fit queued = running.Clone();
        queued.Name = "fits/f4";
        queued.State = Fit.Types.State.Queued;
        using var data = TestDatabase.UpgradeFrom(
            [(Fitted(), string.Empty), (running, string.Empty), (queued, string.Empty), (Failed(), string.Empty)]);
        FitTable fits = new(data.Database);

        List<FitRow> unfinished = fits.ListUnfinished();

        Assert.Equal(
            [("f3", FitStatus.Running), ("f4", FitStatus.Queued)],
            unfinished.Select(static row => (row.State.Id, row.State.Status)));
        Assert.Equal(3, fits.ReadContent("f3").Settings.Seed);
    }

    [Fact]
    public async Task Open_VersionsOfSchema2_KeepReportAndOperationApart()
    {
        ModelVersion version = new()
        {
            Name = "models/m/versions/4",
            VersionNumber = 4,
            TopicCount = 12,
            Fit = "fits/f2",
            ParentVersion = "models/m/versions/3",
            Report = new FitReport
            {
                TopicCount = 12,
                Settings = new FitSettings { Vectorizer = new VectorizerSettings { Vocabulary = { "rocket" } } },
            },
            Operation = new VersionOperation { DeleteTopics = new VersionOperation.Types.DeleteTopics { TopicIds = { 3 } } },
        };
        using var data = TestDatabase.UpgradeFrom([], version);
        ModelTable models = new(data.Database, TimeProvider.System);

        VersionContent content = (await models.FindContentAsync("m", 4, TestContext.Current.CancellationToken))!;
        ModelVersion record = models.ReadAll().Single().Versions[4].Record;

        Assert.Equal((version.Report, version.Operation), (content.Report, content.Operation));
        Assert.Null(record.Operation);
        Assert.Null(record.Report.Settings);
        record.Operation = content.Operation;
        record.Report = content.Report;
        Assert.Equal(version, record);
    }

    [Fact]
    public void Open_Twice_UpgradesOnce()
    {
        using var data = TestDatabase.UpgradeFrom([(Fitted(), string.Empty)]);

        data.Reopen();

        Assert.Equal(1, data.Scalar("SELECT count(*) FROM fit_requests"));
        Assert.Equal(0, data.Scalar("SELECT count(*) FROM pragma_table_info('fits') WHERE name = 'fit_message'"));
    }

    private static Fit Fitted() => new()
    {
        Name = "fits/f1",
        Model = "models/m",
        Corpus = "corpora/news",
        Settings = new FitSettings { Vectorizer = new VectorizerSettings { Vocabulary = { "rocket", "lunar" } } },
        AssignLabels = { "stable", "canary" },
        State = Fit.Types.State.Succeeded,
        DocumentCount = 200,
        ModelVersion = "models/m/versions/1",
        CreateTime = Timestamp.FromDateTimeOffset(Start),
        StartTime = Timestamp.FromDateTimeOffset(Start.AddSeconds(1)),
        EndTime = Timestamp.FromDateTimeOffset(Start.AddSeconds(9)),
        Report = new FitReport { TopicCount = 4, Settings = new FitSettings { Seed = 42 } },
    };

    private static Fit Failed() => new()
    {
        Name = "fits/f2",
        Model = "models/m",
        Settings = new FitSettings(),
        State = Fit.Types.State.Failed,
        ParentVersion = "models/m/versions/1",
        Operation = new VersionOperation { DeleteTopics = new VersionOperation.Types.DeleteTopics { TopicIds = { 3 } } },
        Error = new Google.Rpc.Status { Code = 9, Message = "gone" },
        CreateTime = Timestamp.FromDateTimeOffset(Start),
        EndTime = Timestamp.FromDateTimeOffset(Start.AddSeconds(2)),
    };
}
