using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TopicGrpc.Load.Corpora;
using TopicGrpc.Load.Reports;

namespace TopicGrpc.Load.Scenarios;

/// <summary>The same calls from an independent client: ghz with server reflection, closed loop and open loop.</summary>
internal sealed class GhzScenario(FileInfo tool) : IScenario
{
    private const int OpenRate = 100;

    /// <inheritdoc/>
    public string Name => "ghz";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(LoadContext context, CancellationToken cancellationToken)
    {
        if (!tool.Exists)
        {
            return [Figure.Skipped(Name, "12 tokens, by ghz", "measured", $"{tool.FullName} is missing")];
        }

        LoadServer server = await context.ServerAsync("full", cancellationToken);
        string seconds = string.Create(CultureInfo.InvariantCulture, $"{context.Plan.Closed.TotalSeconds}s");
        using JsonDocument one = await RunAsync(server, ["-c", "1", "-z", seconds], cancellationToken);
        using JsonDocument eight = await RunAsync(server, ["-c", "8", "-z", seconds], cancellationToken);
        using JsonDocument open = await RunAsync(
            server, ["--async", "-c", "64", "--rps", OpenRate.ToString(CultureInfo.InvariantCulture), "-z", seconds], cancellationToken);
        return
        [
            Figure.AtMost(Name, "12 tokens, closed loop, one in flight, p50", 5, Percentile(one, 50), "ms"),
            Figure.AtLeast(Name, "closed loop, eight in flight", 350, eight.RootElement.GetProperty("rps").GetDouble(), "calls/s"),
            Figure.Note(
                Name,
                "closed loop, eight in flight, p50; p99",
                $"{Figure.Text(Percentile(eight, 50), "ms")}; {Figure.Text(Percentile(eight, 99), "ms")}"),
            Figure.Note(
                Name,
                $"open loop, {OpenRate} calls/s, p50; p99",
                $"{Figure.Text(Percentile(open, 50), "ms")}; {Figure.Text(Percentile(open, 99), "ms")}"),
            Figure.Zero(Name, "calls failed", Failures(one) + Failures(eight) + Failures(open)),
        ];
    }

    private async Task<JsonDocument> RunAsync(LoadServer server, string[] load, CancellationToken cancellationToken)
    {
        string data = JsonSerializer.Serialize(
            new { selector = new { model = "models/" + Preparation.All }, text = LoadContext.ShortText });
        ProcessStartInfo start = new(tool.FullName)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--insecure", "--call", "topicgrpc.v1.PredictionService/Predict", "-d", data, "-O", "json", "--duration-stop", "wait",
            },
        };
        Array.ForEach(load, start.ArgumentList.Add);
        start.ArgumentList.Add(server.Process.Address.Authority);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonDocument.Parse(output)
            : throw new InvalidOperationException($"ghz exited with code {process.ExitCode}: {output}");
    }

    private static double Percentile(JsonDocument report, int percentage) =>
        report.RootElement.GetProperty("latencyDistribution").EnumerateArray()
        .Single(item => item.GetProperty("percentage").GetInt32() == percentage).GetProperty("latency").GetDouble() / 1e6;

    private static long Failures(JsonDocument report) => report.RootElement.GetProperty("statusCodeDistribution").EnumerateObject()
        .Where(static item => item.Name != "OK").Sum(static item => item.Value.GetInt64());
}
