using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Diagnostics;

/// <summary>
/// A text that people send is nobody's business but theirs: no log up to Debug, no metric, no trace and no error repeats it.
/// </summary>
public sealed class CanaryTests
{
    private const string Canary = "zqxcanaryzqx";

    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Texts_ThroughEveryMethodThatTakesThem_AppearInNothingThatIsTold()
    {
        using Listeners listeners = new();
        List<string> errors = [];
        await using TestServer server = await TestServer.FittedAsync(
            ("Logging:LogLevel:Default", "Debug"), ("Logging:LogLevel:TopicGrpc", "Debug"));
        server.Services.GetRequiredService<ILoggerFactory>().AddProvider(listeners);

        await IngestAsync(server, errors);
        foreach (string text in new[] { $"rocket {Canary} orbit", Canary + new string('x', (1024 * 1024) + 1) })
        {
            await CallAsync(
                errors,
                async () => await server.Predictions.PredictAsync(
                    new PredictRequest { Selector = Selector, Text = text }, cancellationToken: Token));
            await CallAsync(
                errors,
                async () => await server.Predictions.PredictAsync(
                    new PredictRequest { Selector = new ModelSelector { Model = "models/none" }, Text = text }, cancellationToken: Token));
            await CallAsync(
                errors,
                async () => await server.Predictions.ExplainPredictionAsync(
                    new ExplainPredictionRequest { Selector = Selector, Text = text, IncludeTokens = true }, cancellationToken: Token));
            await CallAsync(
                errors,
                async () => await server.Topics.SearchTopicsAsync(
                    new SearchTopicsRequest { Selector = Selector, Query = text }, cancellationToken: Token));
            await CallAsync(
                errors,
                async () => await server.Topics.RenderChartAsync(
                    new RenderChartRequest { Selector = Selector, Kind = RenderChartRequest.Types.Kind.Distribution, Text = text },
                    cancellationToken: Token));
            await CallAsync(errors, async () => errors.AddRange(
                (await server.Predictions.BatchPredictAsync(
                    new BatchPredictRequest { Selector = Selector, Texts = { text } }, cancellationToken: Token))
                .Results.Select(static result => result.Error?.ToString() ?? string.Empty)));
        }

        Fit fit = await server.FitAsync(TestServer.FitRequest("canary", "m"));

        Assert.Equal(Fit.Types.State.Succeeded, fit.State);
        Assert.True(errors.Count(static error => error.Length > 0) >= 8, "Too few calls were refused to say anything.");
        Assert.DoesNotContain(errors, static error => error.Contains(Canary, StringComparison.Ordinal));
        Assert.Contains(listeners.Told, static told => told.StartsWith("log ", StringComparison.Ordinal));
        Assert.Contains(listeners.Told, static told => told.StartsWith("metric ", StringComparison.Ordinal));
        Assert.DoesNotContain(listeners.Told, static told => told.Contains(Canary, StringComparison.Ordinal));
    }

    /// <summary>A corpus of texts that all hold the canary; one is too long and is rejected.</summary>
    private static async Task IngestAsync(TestServer server, List<string> errors)
    {
        await server.CreateCorpusAsync("canary");
        await using IngestCall call = await IngestCall.OpenAsync(server, "canary", "session");
        await call.SendAsync(
            0,
            [
                .. Enumerable.Range(0, 200).Select(static index => ($"c{index:000}", $"{Testing.ThemedTexts.Text(index)} {Canary}")),
                ("long", Canary + new string('x', 1024 * 1024)),
            ]);
        IngestDocumentsResponse.Types.Ack ack = await call.ReadAckAsync();
        Assert.NotEmpty(ack.Rejections);
        errors.AddRange(ack.Rejections.Select(static rejection => rejection.ToString()));
        await call.CloseAsync();
    }

    private static async Task CallAsync(List<string> errors, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RpcException exception)
        {
            IEnumerable<string> trailers = exception.Trailers.Select(
                static entry => entry.IsBinary ? System.Text.Encoding.UTF8.GetString(entry.ValueBytes) : entry.Value);
            errors.Add($"{exception.Status} {string.Join(' ', trailers)}");
        }
    }
}
