using System.Globalization;
using Google.Protobuf.Reflection;
using Grpc.Core;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Tests.Fuzzing;

/// <summary>
/// Sends requests that are made from the descriptors to every method. No request may end with INTERNAL or UNKNOWN, hang, or leave memory
/// behind. The environment variables <c>TOPICGRPC_FUZZ_SEED</c> and <c>TOPICGRPC_FUZZ_CALLS</c> (calls per method) change the run.
/// Calls are made in rounds of 40 per method; the memory after each round is printed, so that a leak shows as growth from round to round.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const long MaxGrowthBytes = 256L << 20;
    private const int CallsPerRound = 40;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Fuzz_EveryMethod_NoRequestIsInternalUnknownOrHangs()
    {
        int seed = Setting("TOPICGRPC_FUZZ_SEED", 14);
        int calls = Setting("TOPICGRPC_FUZZ_CALLS", 40);

        // The first key that a call creates would switch authentication on, and all later calls would be rejected unread.
        await using TestServer server = await IngestedDocuments.FittedAsync(("Authentication:Enabled", "false"));
        CallInvoker invoker = server.Channel.CreateCallInvoker();
        MessageFuzzer fuzzer = new(seed);
        SortedDictionary<StatusCode, int> counts = [];
        List<string> failures = [];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int first = 0; first < calls; first += CallsPerRound)
        {
            int end = Math.Min(calls, first + CallsPerRound);
            foreach ((MethodDescriptor method, int call) in ContractServices.All.SelectMany(static service => service.Methods)
                .SelectMany(method => Enumerable.Range(first, end - first).Select(call => (method, call))))
            {
                byte[][] messages = Messages(fuzzer, method);
                (StatusCode code, string detail) = await CallAsync(invoker, method, messages);
                counts[code] = counts.GetValueOrDefault(code) + 1;
                if (code is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unimplemented or StatusCode.DeadlineExceeded)
                {
                    IEnumerable<string> sent = messages.Select(Convert.ToHexString).Select(static hex => hex[..Math.Min(400, hex.Length)]);
                    failures.Add($"{method.Name} call {call}: {code} {detail}; messages {string.Join(' ', sent)}");
                }
            }

            long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{end} calls per method: {grown >> 20} MiB more"));
        }

        output.WriteLine($"seed {seed}: {string.Join(", ", counts.Select(static pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(failures.Count == 0, $"seed {seed}:\n{string.Join('\n', failures.Take(20))}");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MaxGrowthBytes);
        Assert.Equal(0, counts.GetValueOrDefault(StatusCode.Unauthenticated));
        Assert.True(counts.GetValueOrDefault(StatusCode.OK) > calls, "Too few requests were accepted to say anything.");
    }

    /// <summary>One message, or up to four for a stream whose first is often a valid beginning.</summary>
    private static byte[][] Messages(MessageFuzzer fuzzer, MethodDescriptor method)
    {
        bool usesNames = !method.Name.StartsWith("Delete", StringComparison.Ordinal);
        int count = method.IsClientStreaming ? 1 + fuzzer.Next(4) : 1;
        return [.. Enumerable.Range(0, count).Select(_ => fuzzer.Bytes(method.InputType, usesNames))];
    }

    private static async Task<(StatusCode Code, string Detail)> CallAsync(
        CallInvoker invoker, MethodDescriptor method, byte[][] messages) =>
        await DescriptorCall.RunAsync(invoker, method, messages, Hang) is { } failure
            ? (failure.StatusCode, failure.Status.Detail)
            : (StatusCode.OK, string.Empty);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
