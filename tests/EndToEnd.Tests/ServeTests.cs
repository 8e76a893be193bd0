namespace TopicGrpc.EndToEnd.Tests;

public sealed class ServeTests : IDisposable
{
    private const string Warning = "Server:AllowInsecure is true";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Serve_StartHasAProblem_LogsItOnceAndOnlyTheWholeLogToStandardOutput(bool isVerbose)
    {
        string[] verbose = isVerbose ? ["--verbose"] : [];
        using var tool = ToolProcess.Start(
            ["serve", "--port", "0", "--data", _folder.At("data"), "--precision", "fast", "--allow-insecure", .. verbose]);
        List<string> lines = [];
        while (await tool.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("listening on ", StringComparison.Ordinal))
            {
                break;
            }
        }

        ToolResult result = await tool.StopAsync();

        string output = string.Join('\n', lines) + result.Output;
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, (isVerbose ? output : result.Errors).Split(Warning).Length);
        Assert.DoesNotContain(Warning, isVerbose ? result.Errors : output, StringComparison.Ordinal);
        Assert.Equal(isVerbose, output.Contains("info: ", StringComparison.Ordinal));
        Assert.DoesNotContain("info: ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_PortIsTaken_PrintsOneLine()
    {
        using ServerProcess first = await ServerProcess.StartAsync(_folder.At("first"));
        string port = first.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        ToolResult result = await ToolProcess.RunAsync("serve", "--port", port, "--data", _folder.At("second"), "--precision", "fast");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(port, Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
