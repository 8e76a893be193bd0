using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using TopicGrpc.Testing;

namespace TopicGrpc.Deployment.Tests;

/// <summary>Files of <c>deploy/cluster</c>: three members on one machine.</summary>
public sealed partial class ClusterComposeTests
{
    private const string Folder = "deploy/cluster";

    [Fact]
    public void Compose_EveryMember_HasAnIdAFolderAndPortsOfItsOwn()
    {
        string compose = DeployedFiles.Read(Folder + "/compose.yaml");

        Assert.Equal(["member-1", "member-2", "member-3"], Values(compose, MemberId()));
        Assert.Equal(["data-1", "data-2", "data-3"], Values(compose, DataVolume()));
        string[] ports = Values(compose, HostPort());
        Assert.Equal(6, ports.Length);
        Assert.Equal(ports.Length, ports.Distinct().Count());
        Assert.All(Values(compose, PortList()), static list => Assert.StartsWith("\"127.0.0.1:", list, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_EveryOptionOfACluster_Exists()
    {
        string[] names =
        [
            .. Variable().Matches(DeployedFiles.Read(Folder + "/compose.yaml") + DeployedFiles.Read(Folder + "/make-secrets"))
                .Select(static match => match.Value),
        ];

        Assert.True(names.Length >= 8, $"{names.Length} options");
        Assert.Empty(MemberOptionNames.Unknown(names));
        Assert.Equal(["Cluster__Silo__Nothing"], MemberOptionNames.Unknown(["Cluster__Silo__Nothing", "Cluster__Silo__Port"]));
    }

    [Fact]
    public async Task MakeSecrets_Run_WritesSecretsOnceAndACertificateOfItsAuthority()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "The script needs openssl.");
        using TempFolder folder = new();
        string script = folder.Write("make-secrets", DeployedFiles.Read(Folder + "/make-secrets"));

        Assert.Equal(0, await RunAsync(script));

        string password = await File.ReadAllTextAsync(folder.At("secrets/database-password"), TestContext.Current.CancellationToken);
        Assert.Equal(48, password.Length);
        Assert.Contains(
            "Password=" + password,
            await File.ReadAllTextAsync(folder.At("secrets/member.env"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        using X509Certificate2 authority = X509CertificateLoader.LoadCertificateFromFile(folder.At("secrets/silo-ca.pem"));
        using var member = X509Certificate2.CreateFromPemFile(folder.At("secrets/silo.pem"), folder.At("secrets/silo.pem"));
        Assert.True(member.HasPrivateKey);
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(chain.Build(member));
        Assert.Equal(1, await RunAsync(script));
        Assert.Equal(password, await File.ReadAllTextAsync(folder.At("secrets/database-password"), TestContext.Current.CancellationToken));
    }

    private static string[] Values(string text, Regex pattern) => [.. pattern.Matches(text).Select(static match => match.Groups[1].Value)];

    private static async Task<int> RunAsync(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("bash", [script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    [GeneratedRegex("Cluster__Member__Id: ([a-z0-9-]+)")]
    private static partial Regex MemberId();

    [GeneratedRegex(@"volumes: \[""(data-\d):/data""\]")]
    private static partial Regex DataVolume();

    [GeneratedRegex(@"""127\.0\.0\.1:(\d+):\d+""")]
    private static partial Regex HostPort();

    [GeneratedRegex(@"ports: \[([^\]]*)\]")]
    private static partial Regex PortList();

    [GeneratedRegex(@"Cluster__\w+")]
    private static partial Regex Variable();
}
