using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using TopicGrpc.Testing;
using TopicGrpc.V1;
using static TopicGrpc.Server.Tests.Models.TrafficCalls;

namespace TopicGrpc.Server.Tests.Models;

public sealed class TrafficTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetTrafficPolicy_ThousandKeys_FollowTheRuleOfTheContractAlsoAfterARestart()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        await server.SetTrafficAsync(Split((1, 7000), (2, 3000)));
        string[] keys = [.. Enumerable.Range(0, 1000).Select(static index => FormattableString.Invariant($"user-{index}"))];

        long[] answered = await Task.WhenAll(keys.Select(key => server.AnsweringAsync(key)));
        await server.StopAsync();
        await server.StartAgainAsync();
        long[] again = await Task.WhenAll(keys.Take(100).Select(key => server.AnsweringAsync(key, text: "another text")));

        Assert.Equal(keys.Select(static key => Draw("split", "m", key) < 7000 ? 1L : 2L), answered);
        Assert.InRange(answered.Count(static version => version == 2), 270, 330);
        Assert.Equal(answered.Take(100), again);
    }

    [Fact]
    public async Task SetTrafficPolicy_WeightGrows_MovesOnlyWhatItGains()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        string[] keys = [.. Enumerable.Range(0, 200).Select(static index => FormattableString.Invariant($"k{index}"))];
        await server.SetTrafficAsync(Split((1, 9000), (2, 1000)));
        long[] before = await Task.WhenAll(keys.Select(key => server.AnsweringAsync(key)));

        await server.SetTrafficAsync(Split((1, 5000), (2, 5000)));
        long[] after = await Task.WhenAll(keys.Select(key => server.AnsweringAsync(key)));

        Assert.All(before.Zip(after), static pair => Assert.True(pair.First <= pair.Second));
        Assert.Contains((1L, 2L), before.Zip(after));
    }

    [Fact]
    public async Task Predict_WithoutAKey_GoesByTextInEveryKindOfCall()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        await server.SetTrafficAsync(Split((1, 5000), (2, 5000)));
        string[] texts = [.. Enumerable.Range(1000, 40).Select(ThemedTexts.Text).Distinct()];
        ModelSelector selector = new() { Model = "models/m" };

        foreach (string text in texts)
        {
            long expected = Draw("split", "m", text) < 5000 ? 1 : 2;
            Assert.Equal(expected, await server.AnsweringAsync(text: text));
            ExplainPredictionResponse explained = await server.Predictions.ExplainPredictionAsync(
                new ExplainPredictionRequest { Selector = selector, Text = text }, cancellationToken: Token);
            Assert.Equal(Name(expected), explained.ModelVersion);
            Assert.Equal(
                Name(expected), await StreamAsync(server, new StreamPredictRequest.Types.Open { Selector = selector }, text, "another"));
        }

        BatchPredictResponse batch = await server.Predictions.BatchPredictAsync(
            new BatchPredictRequest { Selector = selector, Texts = { texts } }, cancellationToken: Token);
        Assert.Equal(Name(Draw("split", "m", string.Concat(texts)) < 5000 ? 1 : 2), batch.ModelVersion);
        foreach (string key in (string[])["a", "b", "c", "d"])
        {
            string expected = Name(Draw("split", "m", key) < 5000 ? 1 : 2);
            Assert.Equal(
                expected, await StreamAsync(server, new StreamPredictRequest.Types.Open { Selector = selector, RoutingKey = key }, texts));
            batch = await server.Predictions.BatchPredictAsync(
                new BatchPredictRequest { Selector = selector, Texts = { texts }, RoutingKey = key }, cancellationToken: Token);
            Assert.Equal(expected, batch.ModelVersion);
        }
    }

    [Fact]
    public async Task Predict_EmbeddingInPlaceOfAText_GoesByItsNumbers()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        await server.SetTrafficAsync(Split((1, 5000), (2, 5000)));
        for (int index = 0; index < 20; index++)
        {
            float[] vector = new float[server.Embedder.Info.Dimension];
            server.Embedder.Embed(ThemedTexts.Text(index), vector, Token);
            byte[] bytes = [.. vector.SelectMany(static value => BitConverter.GetBytes(value))];

            PredictResponse answer = await server.Predictions.PredictAsync(
                new PredictRequest { Selector = new ModelSelector { Model = "models/m" }, Embedding = { vector } },
                cancellationToken: Token);

            Assert.Equal(Name(Draw("split", "m", bytes) < 5000 ? 1 : 2), answer.ModelVersion);
        }
    }

    [Fact]
    public async Task Predict_VersionOrLabelNamed_IsExactWhateverThePolicy()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        await server.SetTrafficAsync(Split((2, 10_000)));

        Assert.Equal(2, await server.AnsweringAsync());
        Assert.Equal(1, await server.AnsweringAsync(version: 1));
        Assert.Equal(1, await server.AnsweringAsync(label: "stable"));
        ListTopicsResponse topics = await server.Topics.ListTopicsAsync(
            new ListTopicsRequest { Selector = new ModelSelector { Model = "models/m" } }, cancellationToken: Token);
        Assert.Equal(Name(1), topics.ModelVersion);
    }

    [Fact]
    public async Task SetTrafficPolicy_UnderLoad_EveryAnswerIsOfOneVersionAndLaterOnesObeyTheNewPolicy()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<int>[] callers =
        [
            .. Enumerable.Range(0, 4).Select(caller => CallAsync(server, FormattableString.Invariant($"c{caller}"), stop.Token)),
        ];

        for (int move = 0; move < 40; move++)
        {
            long all = 1 + (move % 2);
            await server.SetTrafficAsync(Split((all, 10_000)));
            Assert.Equal(all, await server.AnsweringAsync(FormattableString.Invariant($"k{move}")));
            await server.SetTrafficAsync(Split((1, 5000), (2, 5000)));
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(callers), static calls => Assert.True(calls > 0));
        Assert.Equal((0, 0), ((await server.VersionAsync(1)).ActiveLeases, (await server.VersionAsync(2)).ActiveLeases));
    }

    [Fact]
    public async Task SetTrafficPolicy_EmptyOrRestart_EndsItOrKeepsItAndLabelsMoveBesideIt()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        TrafficPolicy policy = Split((2, 10_000));
        policy.ShadowVersionNumber = 1;
        policy.ShadowSample = 2500;

        await server.SetTrafficAsync(policy);
        await server.SetLabelAsync("stable", 2);
        await server.SetLabelAsync("stable", 1);
        await server.StopAsync();
        await server.StartAgainAsync();

        Assert.Equal(policy, (await server.ModelAsync()).TrafficPolicy);
        Assert.Equal(2, await server.AnsweringAsync());
        Assert.Null((await server.SetTrafficAsync(new TrafficPolicy())).TrafficPolicy);
        Assert.Equal(1, await server.AnsweringAsync());
        await server.StopAsync();
        await server.StartAgainAsync();
        Assert.Null((await server.ModelAsync()).TrafficPolicy);
    }

    [Fact]
    public async Task SetTrafficPolicy_VersionsNamed_StayLoadedAndStored()
    {
        await using TestServer server = await TestServer.FittedAsync(
            ("Models:KeepLoaded", "1"), ("Models:KeepPrevious", "00:00:00"), ("Models:KeepVersions", "1"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        TrafficPolicy policy = Split((1, 10_000));
        policy.ShadowVersionNumber = 2;
        await server.SetTrafficAsync(policy);

        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));
        await server.FitAsync(TestServer.FitRequest("news", "m", "stable"));

        Assert.Equal(ModelVersion.Types.State.Ready, (await server.VersionAsync(1)).State);
        Assert.Equal(ModelVersion.Types.State.Ready, (await server.VersionAsync(2)).State);
        RpcException refused = await Refusal.ExpectAsync(StatusCode.FailedPrecondition, "IN_USE", async () =>
            await server.Models.DeleteVersionAsync(new DeleteVersionRequest { Name = Name(2) }, cancellationToken: Token));
        Assert.Contains("traffic policy", refused.Status.Detail, StringComparison.Ordinal);
        await server.SetTrafficAsync(null);
        await server.Models.DeleteVersionAsync(new DeleteVersionRequest { Name = Name(2) }, cancellationToken: Token);
    }

    [Fact]
    public async Task SetTrafficPolicy_EtagNoLongerTrue_ChangesNothing()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        Model read = await server.ModelAsync();

        Model split = await server.SetTrafficAsync(Split((2, 10_000)), read.Etag);

        await Refusal.ExpectAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => server.SetTrafficAsync(null, read.Etag));
        await Refusal.ExpectAsync(StatusCode.Aborted, "ETAG_MISMATCH", () => server.SetLabelAsync("stable", 2, read.Etag));
        await Refusal.ExpectAsync(StatusCode.Aborted, "ETAG_MISMATCH", async () =>
            await server.Models.RollbackLabelAsync(
                new RollbackLabelRequest { Model = "models/m", Label = "stable", Etag = read.Etag }, cancellationToken: Token));
        Assert.Equal(split, await server.SetTrafficAsync(Split((2, 10_000)), read.Etag));
        Assert.NotEqual(split.Etag, (await server.SetLabelAsync("stable", 2, split.Etag)).Etag);
    }

    [Fact]
    public async Task SetTrafficPolicy_WhatCannotServe_IsRefusedWithTheField()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        TrafficPolicy shadowed = Split((1, 10_000));
        shadowed.ShadowVersionNumber = 1;
        shadowed.ShadowSample = 10_001;

        Assert.Equal(["traffic_policy.targets"], await FieldsAsync(server, Split((1, 7000), (2, 2000))));
        Assert.Equal(
            ["traffic_policy.targets[0].version_number", "traffic_policy.targets[1].weight"],
            await FieldsAsync(server, Split((0, 10_000), (2, 0))));
        Assert.Equal(["traffic_policy.targets[1].version_number"], await FieldsAsync(server, Split((1, 5000), (1, 5000))));
        Assert.Equal(["traffic_policy.shadow_sample", "traffic_policy.shadow_version_number"], await FieldsAsync(server, shadowed));
        Assert.Equal(["traffic_policy.shadow_sample"], await FieldsAsync(server, new TrafficPolicy { ShadowSample = 5 }));
        await Refusal.ExpectAsync(StatusCode.NotFound, "VERSION_NOT_FOUND", () => server.SetTrafficAsync(Split((1, 5000), (9, 5000))));
        await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INPUT_TOO_LARGE", () => server.AnsweringAsync(new string('k', 129)));
        Assert.Null((await server.ModelAsync()).TrafficPolicy);
    }

    [Fact]
    public async Task SetTrafficPolicy_DamagedVersion_IsRefusedAndTheOthersGoOn()
    {
        await using TestServer server = await WithTwoVersionsAsync();
        await server.StopAsync();
        File.WriteAllBytes(Directory.EnumerateFiles(Path.Combine(server.DataDirectory, "models", "m", "versions", "2")).First(), [1]);
        await server.StartAgainAsync();

        await Refusal.ExpectAsync(
            StatusCode.FailedPrecondition, "VERSION_NOT_LOADED", () => server.SetTrafficAsync(Split((1, 5000), (2, 5000))));

        Assert.Equal(1, await server.AnsweringAsync());
    }

    private static async Task<TestServer> WithTwoVersionsAsync()
    {
        TestServer server = await TestServer.FittedAsync(("Embedding:MaxQueue", "2000"));
        await server.FitAsync(TestServer.FitRequest("news", "m"));
        return server;
    }

    private static async Task<int> CallAsync(TestServer server, string key, CancellationToken stop)
    {
        int calls = 0;
        while (!stop.IsCancellationRequested)
        {
            BatchPredictResponse answer = await server.Predictions.BatchPredictAsync(
                new BatchPredictRequest
                {
                    Selector = new ModelSelector { Model = "models/m" },
                    Texts = { "rocket", "puck" },
                    RoutingKey = key,
                },
                cancellationToken: Token);
            Assert.Contains(answer.ModelVersion, (string[])[Name(1), Name(2)]);
            Assert.All(answer.Results, static result => Assert.NotNull(result.Prediction));
            calls++;
        }

        return calls;
    }

    private static async Task<string> StreamAsync(TestServer server, StreamPredictRequest.Types.Open open, params string[] texts)
    {
        using AsyncDuplexStreamingCall<StreamPredictRequest, StreamPredictResponse> call = server.Predictions.StreamPredict(
            cancellationToken: Token);
        await call.RequestStream.WriteAsync(new StreamPredictRequest { Open = open }, Token);
        foreach (string text in texts)
        {
            await call.RequestStream.WriteAsync(new StreamPredictRequest { Item = new() { Text = text } }, Token);
        }

        await call.RequestStream.CompleteAsync();
        List<StreamPredictResponse> responses = await call.ResponseStream.ReadAllAsync(Token).ToListAsync(Token);
        Assert.Equal(
            Enumerable.Range(0, texts.Length).Select(static index => (long)index), responses.Select(static response => response.Index));
        return responses[0].ModelVersion;
    }

    private static async Task<string[]> FieldsAsync(TestServer server, TrafficPolicy policy) =>
        Refusal.Fields(await Refusal.ExpectAsync(StatusCode.InvalidArgument, "INVALID_FIELD", () => server.SetTrafficAsync(policy)));

    private static int Draw(string purpose, string model, string key) => Draw(purpose, model, Encoding.UTF8.GetBytes(key));

    // Written from the comment in the contract, not from the server's code.
    private static int Draw(string purpose, string model, byte[] key)
    {
        byte[] digest = SHA256.HashData([.. Encoding.UTF8.GetBytes(purpose + "\n" + model + "\n"), .. key]);
        return (int)(new BigInteger(digest.AsSpan(0, 8), isUnsigned: true, isBigEndian: true) % 10_000);
    }
}
