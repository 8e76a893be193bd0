using k8s;
using k8s.Models;

namespace TopicGrpc.Deployment.Tests;

/// <summary>
/// The objects that the Helm chart renders, parsed strictly: an unknown property or a wrong type fails. <c>.ci/deploy</c> renders them with
/// helm into the folder of the variable <c>TOPICGRPC_MANIFESTS</c>.
/// </summary>
public sealed class ManifestTests
{
    private const string Variable = "TOPICGRPC_MANIFESTS";

    private static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["apps/v1/StatefulSet"] = typeof(V1StatefulSet),
        ["v1/Service"] = typeof(V1Service),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
    };

    [Fact]
    public void Chart_RenderedObjects_ParseStrictly()
    {
        string folder = Folder();
        string[] files = Directory.GetFiles(folder, "*.yaml");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            List<object> objects = KubernetesYaml.LoadAllFromString(File.ReadAllText(file), Types, strict: true);

            Assert.Equal(Types.Values.ToHashSet(), objects.Select(static item => item.GetType()).ToHashSet());
            V1StatefulSet server = objects.OfType<V1StatefulSet>().Single();
            V1PodSpec pod = server.Spec.Template.Spec;
            V1Container container = Assert.Single(pod.Containers);
            bool isCluster = Path.GetFileNameWithoutExtension(file) == "members";
            Assert.Equal(isCluster ? 3 : 1, server.Spec.Replicas);
            Assert.Equal(isCluster ? "1" : "0", (string)objects.OfType<V1PodDisruptionBudget>().Single().Spec.MaxUnavailable);
            Assert.Contains(objects.OfType<V1Service>(), service => service.Metadata.Name == server.Spec.ServiceName);
            if (isCluster)
            {
                AssertMember(container, objects.OfType<V1NetworkPolicy>().Single());
            }

            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.NotNull(container.Resources.Limits["memory"]);
            AssertProbe(container, container.StartupProbe, "/startupz");
            AssertProbe(container, container.LivenessProbe, "/livez");
            AssertProbe(container, container.ReadinessProbe, "/readyz");
            Assert.Contains(container.VolumeMounts, static mount => mount.MountPath == "/data");
            Assert.Contains(server.Spec.VolumeClaimTemplates, static claim => claim.Metadata.Name == "data");
        }
    }

    private static void AssertMember(V1Container container, V1NetworkPolicy network)
    {
        Assert.Equal(["./topicgrpc", "serve", "--data", "/data", "--verbose"], container.Command);
        foreach (V1EnvVar variable in container.Env.Where(
            static variable => variable.Name.EndsWith("ConnectionString", StringComparison.Ordinal)
                || variable.Name.Contains("AccessKey", StringComparison.Ordinal)))
        {
            Assert.NotNull(variable.ValueFrom.SecretKeyRef);
        }

        Assert.Empty(MemberOptionNames.Unknown(container.Env.Select(static variable => variable.Name)));
        V1NetworkPolicyIngressRule silo = network.Spec.Ingress.Single(
            static rule => rule.Ports.Any(static port => (string)port.Port == "silo"));
        Assert.Equal(network.Spec.PodSelector.MatchLabels, Assert.Single(silo.FromProperty).PodSelector.MatchLabels);
    }

    private static void AssertProbe(V1Container container, V1Probe probe, string path)
    {
        Assert.Equal(path, probe.HttpGet.Path);
        string target = probe.HttpGet.Port;
        Assert.Contains(container.Ports, port => port.Name == target);
    }

    private static string Folder()
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(folder is null, $"{Variable} is not set: .ci/deploy renders the chart with helm.");
        return folder!;
    }
}
