using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Models;

/// <summary>Short forms for calls about model <c>m</c> and its traffic policy.</summary>
internal static class TrafficCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TrafficPolicy Split(params (long Version, int Weight)[] targets) =>
        new()
        {
            Targets =
            {
                targets.Select(static target => new TrafficPolicy.Types.Target { VersionNumber = target.Version, Weight = target.Weight }),
            },
        };

    public static async Task<Model> SetTrafficAsync(this TestServer server, TrafficPolicy? policy, string etag = "") =>
        (await server.Models.SetTrafficPolicyAsync(
            new SetTrafficPolicyRequest { Model = "models/m", TrafficPolicy = policy, Etag = etag }, cancellationToken: Token)).Model;

    public static async Task<Model> ModelAsync(this TestServer server) =>
        (await server.Models.GetModelAsync(new GetModelRequest { Name = "models/m" }, cancellationToken: Token)).Model;

    public static async Task<Model> SetLabelAsync(this TestServer server, string label, long version, string etag = "") =>
        (await server.Models.SetLabelAsync(
            new SetLabelRequest { Model = "models/m", Label = label, VersionNumber = version, Etag = etag },
            cancellationToken: Token)).Model;

    public static async Task<ModelVersion> VersionAsync(this TestServer server, long number) =>
        (await server.Models.GetVersionAsync(new GetVersionRequest { Name = Name(number) }, cancellationToken: Token)).ModelVersion;

    /// <summary>Number of the version that answers.</summary>
    public static async Task<long> AnsweringAsync(
        this TestServer server,
        string key = "",
        string text = "rocket launch",
        long version = 0,
        string label = "")
    {
        ModelSelector selector = new() { Model = "models/m" };
        if (version > 0)
        {
            selector.VersionNumber = version;
        }
        else if (label.Length > 0)
        {
            selector.VersionLabel = label;
        }

        PredictResponse answer = await server.Predictions.PredictAsync(
            new PredictRequest { Selector = selector, Text = text, RoutingKey = key }, cancellationToken: Token);
        return Number(answer.ModelVersion);
    }

    public static string Name(long number) => FormattableString.Invariant($"models/m/versions/{number}");

    public static long Number(string version) =>
        long.Parse(version.AsSpan("models/m/versions/".Length), System.Globalization.CultureInfo.InvariantCulture);
}
