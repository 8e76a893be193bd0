using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using TopicGrpc.Tables.Writing;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Http;

/// <summary>Every <c>curl</c> of the documents, executed against a server in the order of the page.</summary>
public sealed partial class CurlTests
{
    private const string DocumentedAddress = "localhost:5401";

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("docs/http.md", 5)]
    public async Task Document_EveryCurl_Succeeds(string file, int fewest)
    {
        string[] scripts =
        [
            .. Block().Matches(await File.ReadAllTextAsync(Path.Combine(Checkout.Root, file), TestContext.Current.CancellationToken))
                .Select(static match => match.Groups[1].Value)
                .Where(static script => script.Contains("curl ", StringComparison.Ordinal)),
        ];
        Assert.True(scripts.Length >= fewest, $"{scripts.Length} blocks with curl");
        await using TestServer server = await TestServer.FittedAsync(("Server:HttpPort", "0"));
        using TempFolder folder = new();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "documents.jsonl"), Lines(), TestContext.Current.CancellationToken);

        await File.WriteAllBytesAsync(
            Path.Combine(folder.Path, "posts.parquet"),
            await UploadedTable.WriteAsync(OutputFormat.Parquet, 20, "created_at"),
            TestContext.Current.CancellationToken);

        // The page shows plain calls; here an HTTP error ends the script.
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, ".curlrc"), "silent\nshow-error\nfail-with-body\n", TestContext.Current.CancellationToken);
        foreach (string script in scripts)
        {
            await RunAsync(script.Replace(DocumentedAddress, server.HttpAddress!.Authority, StringComparison.Ordinal), folder.Path);
        }
    }

    private static async Task RunAsync(string script, string folder)
    {
        using Process shell = new()
        {
            StartInfo = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["CURL_HOME"] = folder, ["ENCODER"] = "fake" },
            },
        };
        shell.Start();
        Task<string> output = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string error = await shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, $"{script}\nexit code {shell.ExitCode}\n{error}\n{await output}");
        Assert.NotEmpty(await output);
    }

    private static string Lines()
    {
        StringBuilder lines = new();
        for (int index = 0; index < 200; index++)
        {
            lines.Append("{\"id\": \"d").Append(index).Append("\", \"text\": \"").Append(ThemedTexts.Text(index)).Append("\"}\n");
        }

        return lines.ToString();
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
