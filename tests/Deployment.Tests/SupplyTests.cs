using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TopicGrpc.Testing;

namespace TopicGrpc.Deployment.Tests;

/// <summary>What is shipped beside the program's own code: base images, packages, licenses.</summary>
public sealed partial class SupplyTests
{
    private static readonly string[] BuildOnly =
    [
        "Grpc.Tools",
        "Microsoft.CodeAnalysis.Analyzers",
        "Microsoft.CodeAnalysis.BannedApiAnalyzers",
        "Microsoft.CodeAnalysis.PublicApiAnalyzers",
        "Microsoft.Orleans.Analyzers",
        "Microsoft.Orleans.CodeGenerator",
    ];

    private static string Root => Checkout.Root;

    [Fact]
    public void Dockerfile_EveryBaseImage_IsPinnedByDigest()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, "Dockerfile"));
        string[] images =
        [
            .. lines.Where(static line =>
                line.StartsWith("ARG ", StringComparison.Ordinal) && line.Contains("_IMAGE=", StringComparison.Ordinal)),
        ];
        string[] stages = [.. lines.Where(static line => line.StartsWith("FROM ", StringComparison.Ordinal))];

        Assert.Equal(2, images.Length);
        Assert.All(images, static image => Assert.Matches(Pinned(), image));
        Assert.All(stages, static stage => Assert.Matches(@"^FROM \$\{(SDK|RUNTIME)_IMAGE\}", stage));
    }

    [Theory]
    [InlineData("topicgrpc", "src/Cli")]
    [InlineData("TopicGrpc.Contract", "src/Shared")]
    [InlineData("TopicGrpc.Client", "src/Client.Sdk")]
    [InlineData("TopicGrpc.Client.Testing", "src/Client.Testing")]
    public void Sbom_EveryComponent_IsLockedWithChecksumAndLicense(string package, string project)
    {
        JsonNode bom = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "sbom", package + ".cdx.json")))!;
        HashSet<string> locked = [.. LockedIn(project)];
        JsonNode[] components =
            [.. bom["components"]!.AsArray().Select(static entry => entry!).Where(static entry => entry["purl"] is not null)];

        Assert.NotEmpty(components);
        Assert.All(components, component =>
        {
            Assert.Contains(component["purl"]!.GetValue<string>(), locked);
            Assert.Equal(128, component["hashes"]![0]!["content"]!.GetValue<string>().Length);
            Assert.NotEmpty(component["licenses"]!.AsArray());
        });

        string[] omitted =
        [
            .. locked
                .Except(components.Select(static component => component["purl"]!.GetValue<string>()))
                .Select(static purl => purl["pkg:nuget/".Length..].Split('@')[0]),
        ];
        Assert.All(omitted, static name => Assert.Contains(name, BuildOnly));
    }

    [Fact]
    public void Notices_EveryComponentOfTheProgram_IsNamedWithItsLicense()
    {
        string notices = File.ReadAllText(Path.Combine(Root, "THIRD-PARTY-NOTICES.txt"));
        JsonNode bom = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "sbom", "topicgrpc.cdx.json")))!;

        Assert.All(bom["components"]!.AsArray(), component =>
        {
            string license = component!["licenses"]![0]!["license"]!["id"]!.GetValue<string>();
            string version = component["purl"] is null ? "" : " " + component["version"]!.GetValue<string>();
            string name = component["bom-ref"]!.GetValue<string>() == "runtime" ? ".NET" : component["name"]!.GetValue<string>() + version;
            Assert.Matches($"(?m)^{Regex.Escape(name)}.*, {Regex.Escape(license)}$", notices);
            Assert.Matches($"(?m)^=+\n{Regex.Escape(license)}\n=+$", notices);
        });
    }

    [Theory]
    [InlineData("MIT\nApache-2.0\n", "Google.Protobuf ", "BSD-3-Clause")]
    [InlineData("MIT\nApache-2.0\nBSD-3-Clause\n", "Microsoft.ML.OnnxRuntime ", "a file")]
    [InlineData("MIT\nApache-2.0\nBSD-3-Clause\nNone 1.0.0 MIT nowhere\n", "none 1.0.0 is in no lock file", "")]
    public async Task Licenses_OneOutsideTheList_FailsAndNamesThePackage(string accepted, string package, string license)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "The script needs Python.");
        using TempFolder folder = new();
        ProcessStartInfo start = new(
            "/usr/bin/python3", [Path.Combine(Root, ".ci", "supply"), "--allow", folder.Write("allowed", accepted)])
        {
            RedirectStandardOutput = true,
        };

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains(output.Split('\n'), line =>
            line.Contains(package, StringComparison.Ordinal) && line.Contains(license, StringComparison.Ordinal));
    }

    private static IEnumerable<string> LockedIn(string project)
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, project, "packages.lock.json")))!;
        foreach ((_, JsonNode? target) in file["dependencies"]!.AsObject())
        {
            foreach ((string name, JsonNode? entry) in target!.AsObject())
            {
                if (entry!["type"]!.GetValue<string>() != "Project")
                {
                    yield return $"pkg:nuget/{name}@{entry["resolved"]!.GetValue<string>()}";
                }
            }
        }
    }

    [GeneratedRegex(@"^ARG [A-Z]+_IMAGE=mcr\.microsoft\.com/dotnet/(sdk|aspnet):10\.0@sha256:[0-9a-f]{64}$")]
    private static partial Regex Pinned();
}
