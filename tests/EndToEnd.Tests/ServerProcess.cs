namespace TopicGrpc.EndToEnd.Tests;

/// <summary><c>topicgrpc serve</c> on a free port.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Announcement = "listening on ";

    private readonly ToolProcess _process;

    private ServerProcess(ToolProcess process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(string data)
    {
        var process = ToolProcess.Start("serve", "--port", "0", "--data", data, "--reflection", "--precision", "fast");
        string? line = await process.ReadLineAsync();
        if (line is null || !line.StartsWith(Announcement, StringComparison.Ordinal))
        {
            ToolResult result = await process.EndAsync();
            process.Dispose();
            throw new InvalidOperationException($"The server did not start: {line} {result.Errors}");
        }

        return new ServerProcess(process, new Uri(line[Announcement.Length..].Split(',')[0]));
    }

    public Task KillAsync() => _process.KillAsync();

    public void Dispose() => _process.Dispose();
}
