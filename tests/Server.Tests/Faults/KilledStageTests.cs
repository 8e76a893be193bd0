using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>A process is killed in each stage of a fit: the fit runs again and makes the same files, and the old version answers.</summary>
public sealed class KilledStageTests
{
    private const int Documents = 200;

    // The report says how long each stage took, and the manifest has the report's checksum.
    private static readonly string[] WithTimes = ["report.json", "manifest.json"];

    private static readonly Fit.Types.Stage[] Stages =
    [
        Fit.Types.Stage.Embedding,
        Fit.Types.Stage.Neighbors,
        Fit.Types.Stage.Layout,
        Fit.Types.Stage.Clusters,
        Fit.Types.Stage.Probabilities,
        Fit.Types.Stage.Topics,
        Fit.Types.Stage.Quality,
        Fit.Types.Stage.Publishing,
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_InEachStageOfAFit_MakesTheSameVersionAfterTheRestart()
    {
        using TempFolder folder = new();
        ChildServer server = await ChildServer.StartAsync(folder.Path);
        try
        {
            await server.Corpora.CreateCorpusAsync(new CreateCorpusRequest { CorpusId = "news" }, cancellationToken: Token);
            await server.IngestAsync("news", "fill", [.. Enumerable.Range(0, Documents).Select(Document)], Token);
            string whole = await EndAsync(server, await StartFitAsync(server, "whole"));
            PredictResponse answer = await PredictAsync(server);

            foreach (Fit.Types.Stage stage in Stages)
            {
                string model = FormattableString.Invariant($"m{(int)stage}");
                string fit = await StartFitAsync(server, model);
                await AwaitAsync(server, fit, stage);
                await server.KillAsync();
                await server.DisposeAsync();
                server = await ChildServer.StartAsync(folder.Path);

                Assert.Equal(answer.Prediction, (await PredictAsync(server)).Prediction);
                Compare(folder.Path, whole, await EndAsync(server, fit));
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>Compares the files of two versions. A number that a killed process had taken for a version is not used again.</summary>
    private static void Compare(string data, string expected, string version)
    {
        string[] names = Files(data, expected);
        Assert.True(names.Length > 5);
        Assert.Equal(names, Files(data, version));
        Assert.All(
            names.Except(WithTimes),
            name => Assert.Equal(
                File.ReadAllBytes(Path.Combine(data, expected, name)), File.ReadAllBytes(Path.Combine(data, version, name))));
    }

    private static string[] Files(string data, string version) =>
    [
        .. Directory.GetFiles(Path.Combine(data, version)).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    private static async Task<string> StartFitAsync(ChildServer server, string model)
    {
        StartFitRequest request = new()
        {
            Corpus = "corpora/news",
            Model = "models/" + model,
            Settings = new FitSettings { MinTopicSize = 20 },
            AssignLabels = { "stable" },
        };
        return (await server.Fits.StartFitAsync(request, cancellationToken: Token)).Fit.Name;
    }

    private static async Task<PredictResponse> PredictAsync(ChildServer server) => await server.Predictions.PredictAsync(
        new PredictRequest { Selector = new ModelSelector { Model = "models/whole" }, Text = ThemedTexts.Text(3) },
        cancellationToken: Token);

    /// <summary>Waits until a fit has reached a stage.</summary>
    private static async Task AwaitAsync(ChildServer server, string fit, Fit.Types.Stage stage)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            server.Fits.WatchFit(new WatchFitRequest { Name = fit }, cancellationToken: Token);
        while (await watch.ResponseStream.MoveNext(Token) && watch.ResponseStream.Current.Fit.Stage != stage)
        {
            // An earlier stage.
        }
    }

    /// <summary>Waits for the end of a fit.</summary>
    /// <returns>Name of its version, which is the path of its folder too.</returns>
    private static async Task<string> EndAsync(ChildServer server, string fit)
    {
        using AsyncServerStreamingCall<WatchFitResponse> watch =
            server.Fits.WatchFit(new WatchFitRequest { Name = fit }, cancellationToken: Token);
        Fit last = new();
        while (await watch.ResponseStream.MoveNext(Token))
        {
            last = watch.ResponseStream.Current.Fit;
        }

        Assert.True(last.State == Fit.Types.State.Succeeded, last.Error?.ToString());
        return last.ModelVersion;
    }

    private static Document Document(int index) => new()
    {
        Id = FormattableString.Invariant($"d{index:00000}"),
        Text = ThemedTexts.Text(index),
    };
}
