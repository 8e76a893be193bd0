using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Operations;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Tests.Linearizability;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Models;

/// <summary>
/// Labels and publications under concurrent callers: a label is a linearizable register, and no answer mixes two versions.
/// </summary>
public sealed class LabelRaceTests(ITestOutputHelper output)
{
    private const int Racers = 32;
    private const int Rounds = 6;
    private const int FreeMoves = 5;
    private const int RacingPublications = 6;
    private const int Publications = 100;
    private const int Clients = 16;

    // All versions stay loaded: a move that loads its version first may be rejected because the label moved meanwhile.
    private const string KeepLoaded = "64";

    private readonly ConcurrentQueue<RegisterCall> _calls = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetLabel_RacersWithEtagsAndPublications_IsALinearizableRegister()
    {
        await using TestServer server = await TestServer.FittedAsync(("Models:KeepLoaded", KeepLoaded));
        await PublishAsync(server, 2);
        await PublishAsync(server, 3);
        await server.SetLabelAsync("race", 1);

        for (int round = 0; round < Rounds; round++)
        {
            (long Value, string Etag)[] read = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => ReadAsync(server)));
            bool[] moved = await Task.WhenAll(read.Select((seen, racer) => MoveAsync(server, seen, racer)));
            Assert.Single(moved, static hasMoved => hasMoved);
        }

        Task publisher = PublishSomeAsync(server);
        await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer => RaceAsync(server, racer)));
        await publisher;

        RegisterCall[] calls = [.. _calls];
        Assert.True(RegisterHistory.IsLinearizable(1, calls));
        int won = calls.Count(static call => call is { Expected: not null, Written: not null, HasSucceeded: true });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calls {calls.Length}, moves {won}"));
    }

    [Fact]
    public async Task Publish_HundredVersionsUnderSixteenClients_NoAnswerMixesVersionsAndNoneFails()
    {
        await using TestServer server = await TestServer.FittedAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int>[] clients = [.. Enumerable.Range(0, Clients).Select(client => AskAsync(server, client, stop.Token))];

        for (int number = 2; number <= Publications + 1; number++)
        {
            ModelVersion version = await PublishAsync(server, number, "stable");
            Assert.Equal(number, version.VersionNumber);
            PredictResponse answer = await PredictAsync(server);
            Assert.Equal(version.Name, answer.ModelVersion);
        }

        await stop.CancelAsync();
        int[] answers = await Task.WhenAll(clients);
        Assert.All(answers, static count => Assert.True(count > 0));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"publications {Publications}, answers {answers.Sum()}"));
    }

    /// <summary>Publishes a copy of version 1 whose topics are labeled with the number of the new version.</summary>
    private static async Task<ModelVersion> PublishAsync(TestServer server, int number, params string[] labels)
    {
        ModelRegistry models = server.Services.GetRequiredService<ModelRegistry>();
        using VersionLease first = await models.AcquireAsync(new VersionSelector("m", 1, Label: null), Token);
        var named = first.Handle.Content.Topics
            .Where(static topic => topic.Id >= 0)
            .ToDictionary(static topic => topic.Id, _ => LabelOf(number));
        TopicModel content = new SetTopicLabels(named).Apply(first.Handle.Content, [], new ComputeOptions(), Token);
        return await models.PublishAsync(
            "m", content, new ModelVersion { EncoderSha256 = content.Embedder.Sha256, Fit = "fits/none" }, labels, Token);
    }

    private static string LabelOf(long number) => number == 1 ? string.Empty : FormattableString.Invariant($"version {number}");

    private static async Task<PredictResponse> PredictAsync(TestServer server) => await server.Predictions.PredictAsync(
        new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Text = ThemedTexts.Text(0) }, cancellationToken: Token);

    private async Task PublishSomeAsync(TestServer server)
    {
        for (int publication = 0; publication < RacingPublications; publication++)
        {
            long invoked = Stopwatch.GetTimestamp();
            ModelVersion version = await PublishAsync(server, 4 + publication, "race");
            _calls.Enqueue(RegisterCall.Write(invoked, Stopwatch.GetTimestamp(), version.VersionNumber));
        }
    }

    private async Task RaceAsync(TestServer server, int racer)
    {
        for (int move = 0; move < FreeMoves; move++)
        {
            await MoveAsync(server, await ReadAsync(server), racer + move);
        }
    }

    private async Task<(long Value, string Etag)> ReadAsync(TestServer server)
    {
        long invoked = Stopwatch.GetTimestamp();
        Model model = await server.ModelAsync();
        _calls.Enqueue(RegisterCall.Read(invoked, Stopwatch.GetTimestamp(), model.VersionLabels["race"]));
        return (model.VersionLabels["race"], model.Etag);
    }

    /// <summary>Moves the label away from the value that was read, if it has that value still.</summary>
    private async Task<bool> MoveAsync(TestServer server, (long Value, string Etag) seen, int racer)
    {
        long target = 1 + ((seen.Value + (racer % 2)) % 3);
        SetLabelRequest request = new() { Model = "models/m", Label = "race", VersionNumber = target, Etag = seen.Etag };
        long invoked = Stopwatch.GetTimestamp();
        bool hasWon = true;
        try
        {
            SetLabelResponse response = await server.Models.SetLabelAsync(request, cancellationToken: Token);
            Assert.Equal((seen.Value, target), (response.PreviousVersionNumber, response.Model.VersionLabels["race"]));
        }
        catch (RpcException outdated) when (outdated.StatusCode == StatusCode.Aborted)
        {
            hasWon = false;
        }

        _calls.Enqueue(RegisterCall.CompareAndSet(invoked, Stopwatch.GetTimestamp(), seen.Value, target, hasWon));
        return hasWon;
    }

    /// <summary>Asks until the test ends: single texts or batches. The versions of a client never go back.</summary>
    private static async Task<int> AskAsync(TestServer server, int client, CancellationToken stop)
    {
        BatchPredictRequest batch = new()
        {
            Selector = new ModelSelector { Model = "models/m" },
            Texts = { Enumerable.Range(0, 4).Select(ThemedTexts.Text) },
        };
        long last = 1;
        int answers = 0;
        while (!stop.IsCancellationRequested)
        {
            (string version, string[] labels) = client % 4 == 0
                ? Labels(await server.Predictions.BatchPredictAsync(batch, cancellationToken: Token))
                : Labels(await PredictAsync(server));
            long number = long.Parse(version[(version.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
            Assert.True(number >= last, $"Version {number} answered after version {last}.");
            Assert.All(labels, label => Assert.Equal(LabelOf(number), label));
            last = number;
            answers++;
        }

        return answers;
    }

    private static (string Version, string[] Labels) Labels(PredictResponse answer) =>
        (answer.ModelVersion, [answer.Prediction.TopicLabel]);

    private static (string Version, string[] Labels) Labels(BatchPredictResponse answer) =>
        (answer.ModelVersion, [.. answer.Results.Select(static result => result.Prediction.TopicLabel)]);
}
