using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>
/// Every method × every role × own and other resources, from the descriptors: a new method or field is included by itself.
/// </summary>
public sealed class AccessMatrixTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Strings of requests that name no resource. A new string field must be declared, or be added here after a review.
    private static readonly string[] NoResources =
    [
        "assign_labels", "attribute", "display_name", "encoder", "encoder_sha256", "etag", "file_name", "id", "key", "label",
        "layer", "name", "page_token", "query", "request_id", "routing_key", "seed_words", "session_id", "sha256", "target_attribute",
        "text", "texts", "topic_attribute", "topic_uid", "value", "values", "version_label", "vocabulary", "words", "zeroshot_topic_list",
    ];

    private static IEnumerable<MethodDescriptor> Methods => ContractServices.All.SelectMany(static service => service.Methods);

    [Fact]
    public void Contract_EveryMethod_DeclaresARole() => Assert.All(
        Methods,
        static method => Assert.NotEqual(Role.Unspecified, method.GetOptions()!.GetExtension(AccessExtensions.RequiredRole)));

    [Fact]
    public void MethodAccess_MethodWithoutRole_StopsTheStart()
    {
        StartupException failure = Assert.Throws<StartupException>(
            static () => new MethodAccess([Grpc.Health.V1.Health.Descriptor]));

        Assert.Contains("grpc.health.v1.Health.Check", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_EveryMethodAndRole_IsRejectedBelowTheDeclaredRole()
    {
        await using TestServer server = await TestServer.StartAsync();
        Dictionary<Role, CallInvoker> roles = new() { [Role.Unspecified] = server.With(null) };
        foreach (Role role in (Role[])[Role.Reader, Role.Writer, Role.Trainer, Role.Admin])
        {
            roles.Add(role, server.With(server.CreateKey(role).Secret));
        }

        List<string> holes = [];
        int cells = 0;
        foreach (MethodDescriptor method in Methods)
        {
            Role required = method.GetOptions()!.GetExtension(AccessExtensions.RequiredRole);
            byte[][] messages = [RequestSamples.Make(method.InputType, [], string.Empty, Missing).ToByteArray()];
            foreach ((Role role, CallInvoker invoker) in roles)
            {
                string reason = ReasonOf(await DescriptorCall.RunAsync(invoker, method, messages, Patience));
                string expected = role == Role.Unspecified ? "CREDENTIALS_MISSING" : "ROLE_REQUIRED";
                cells++;
                if (role < required ? reason != expected : reason is "CREDENTIALS_MISSING" or "ROLE_REQUIRED")
                {
                    holes.Add($"{method.Name} as {role}, needs {required}: {reason}");
                }
            }
        }

        output.WriteLine($"{cells} cells");
        Assert.Empty(holes);
    }

    [Fact]
    public async Task Call_EveryResourceField_OwnIsServedAndOtherDoesNotExist()
    {
        await using TestServer server = await TestServer.FittedAsync();
        CallInvoker all = server.With(server.CreateKey(Role.Admin).Secret);
        CallInvoker own = server.With(server.CreateKey(Role.Admin, models: "own-*", corpora: "own-*").Secret);
        string othersFit = (await KeyedServer.FitNamesAsync(all))[0];
        List<string> holes = [];
        int cells = 0;
        foreach (MethodDescriptor method in Methods.Where(static method => method.Service != KeyService.Descriptor))
        {
            foreach (FieldDescriptor[] path in RequestSamples.Paths(method.InputType))
            {
                // m, news and the fit exist and are others'. What is asked of own resources fails as for an admin: they do not exist.
                string at = $"{method.Name} {string.Join('.', path.Select(static field => field.Name))}";
                byte[][] ofOthers = [Sample(method, path, othersFit).ToByteArray()];
                RpcException? other = await DescriptorCall.RunAsync(own, method, ofOthers, Patience);
                string expected = path[^1].Name == "corpus_id" ? "NAME_NOT_ALLOWED" : KindOf(path[^1]) + "_NOT_FOUND";
                if (ReasonOf(other) != expected)
                {
                    holes.Add($"{at} of others: {ReasonOf(other)} {other?.Status.Detail}");
                }

                string told = other?.Status.Detail ?? string.Empty;
                if (expected.EndsWith("_NOT_FOUND", StringComparison.Ordinal) && !told.Contains('/', StringComparison.Ordinal))
                {
                    holes.Add($"{at} of others is not told as a missing one: {told}");
                }

                byte[][] ofCaller = [Sample(method, path, fit: null).ToByteArray()];
                string mine = ReasonOf(await DescriptorCall.RunAsync(own, method, ofCaller, Patience));
                string admins = ReasonOf(await DescriptorCall.RunAsync(all, method, ofCaller, Patience));
                if (mine != admins && path[^1].Name != "corpus_id")
                {
                    holes.Add($"{at} of the caller: {mine} instead of {admins}");
                }

                cells += 2;
            }
        }

        output.WriteLine($"{cells} cells");
        Assert.True(holes.Count == 0, string.Join('\n', holes));
        Assert.True(cells > 60);
    }

    [Fact]
    public void Contract_EveryStringOfARequest_NamesAResourceOrIsReviewed()
    {
        HashSet<string> unknown = [];
        foreach (MethodDescriptor method in Methods.Where(static method => method.Service != KeyService.Descriptor))
        {
            Collect(method.InputType, unknown, []);
        }

        Assert.True(unknown.Count == 0, string.Join(' ', unknown));
    }

    private static void Collect(MessageDescriptor type, HashSet<string> unknown, HashSet<MessageDescriptor> seen)
    {
        if (!seen.Add(type))
        {
            return;
        }

        foreach (FieldDescriptor field in type.Fields.InDeclarationOrder())
        {
            if (field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.OutputOnly) == true)
            {
                continue;
            }

            FieldLimits? limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits);
            bool isChoice = (limits?.Values.Count ?? 0) > 0 || (limits?.Items?.Values.Count ?? 0) > 0;
            if (field.FieldType == FieldType.Message)
            {
                Collect(field.MessageType, unknown, seen);
            }
            else if (field.FieldType == FieldType.String && !isChoice && ResourceFields.KindOf(field) == ResourceKind.Unspecified
                && !NoResources.Contains(field.Name))
            {
                unknown.Add(field.FullName);
            }
        }
    }

    private static IMessage Sample(MethodDescriptor method, FieldDescriptor[] path, string? fit)
    {
        string name = fit is null ? Missing(path[^1]) : OfOthers(path[^1], fit);
        return RequestSamples.Make(method.InputType, path, name, Missing);
    }

    // What CreateCorpus makes must not exist for the other methods.
    private static string Missing(FieldDescriptor field) =>
        field.Name == "corpus_id" ? "own-made" : Name(field, "own-none", "own-none");

    private static string OfOthers(FieldDescriptor field, string fit) =>
        ResourceFields.KindOf(field) == ResourceKind.Fit ? fit : Name(field, "m", "news");

    private static string Name(FieldDescriptor field, string model, string corpus)
    {
        FieldLimits limits = field.GetOptions().GetExtension(LimitsExtensions.Limits);
        string pattern = field.IsRepeated ? limits.Items.Pattern : limits.Pattern;
        return ResourceFields.KindOf(field) switch
        {
            ResourceKind.Model => $"models/{model}" + (pattern.Contains("/versions/", StringComparison.Ordinal) ? "/versions/1" : ""),
            ResourceKind.Corpus when pattern.Contains("/erasures/", StringComparison.Ordinal) => $"corpora/{corpus}/erasures/e1",
            ResourceKind.Corpus => pattern.StartsWith("corpora/", StringComparison.Ordinal) ? $"corpora/{corpus}" : corpus,
            ResourceKind.Fit => "fits/none",
            ResourceKind.Key => "keys/aaaaaaaaaa",
            _ => throw new NotSupportedException(field.FullName),
        };
    }

    private static string KindOf(FieldDescriptor field) => ResourceFields.KindOf(field).ToString().ToUpperInvariant();

    private static string ReasonOf(RpcException? failure) => failure is null
        ? "OK"
        : failure.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason ?? failure.StatusCode.ToString();
}
