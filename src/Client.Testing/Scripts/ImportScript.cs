using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Header = TopicGrpc.V1.ImportModelRequest.Types.Header;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Makes versions from the files that a client sends, with the scripted topics or without topics.</summary>
internal sealed class ImportScript(FakeModels models)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FakeVersion> _byRequest = new(StringComparer.Ordinal);
    private volatile Func<string, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>, IEnumerable<TopicInfo>>? _topics;

    public Func<string, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>, IEnumerable<TopicInfo>> Topics
    {
        set => _topics = value;
    }

    public async Task<FakeVersion> RunAsync(IAsyncStreamReader<Wire.ImportModelRequest> requests, CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken).ConfigureAwait(false) || requests.Current.Header is not { } header)
        {
            throw StatusToWire.Exception(
                TopicGrpcStatus.InvalidArgument, ErrorReasons.InvalidField, "The first message of an import must be its header.");
        }

        var received = header.Files.ToDictionary(static file => file.Name, static _ => new MemoryStream(), StringComparer.Ordinal);
        while (await requests.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            if (requests.Current.Chunk is not { } chunk || !received.TryGetValue(chunk.FileName, out MemoryStream? file))
            {
                throw StatusToWire.Exception(
                    TopicGrpcStatus.InvalidArgument, ErrorReasons.InvalidField, "A chunk belongs to a file that the header does not list.");
            }

            chunk.Data.WriteTo(file);
        }

        return Make(
            header,
            received.ToDictionary(
                static pair => pair.Key, static pair => (ReadOnlyMemory<byte>)pair.Value.ToArray(), StringComparer.Ordinal));
    }

    private FakeVersion Make(Header header, Dictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (
            header.Files.FirstOrDefault(
                file => Convert.ToHexStringLower(SHA256.HashData(files[file.Name].Span)) != file.Sha256) is { } wrong)
        {
            throw StatusToWire.Exception(
                TopicGrpcStatus.DataLoss, ErrorReasons.ChecksumMismatch, $"The SHA-256 of '{wrong.Name}' differs from that in the header.");
        }

        string model = WireNames.Id(header.Model);
        lock (_gate)
        {
            if (header.RequestId.Length > 0 && _byRequest.TryGetValue(header.RequestId, out FakeVersion? known))
            {
                return known;
            }

            TopicInfo[] topics = [.. (_topics?.Invoke(model, files) ?? []).OrderBy(static topic => topic.Id)];
            FakeVersion version =
                models.Add(new FakeVersion(model, topics) { Files = files, Source = Source(header) }, header.AssignLabels);
            _byRequest[header.RequestId] = version;
            return version;
        }
    }

    private static Wire.ModelSource Source(Header header)
    {
        IEnumerable<string> lines =
            header.Files.OrderBy(static file => file.Name, StringComparer.Ordinal).Select(static file => $"{file.Sha256}  {file.Name}\n");
        return new Wire.ModelSource
        {
            Format = "bertopic-safetensors",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines)))),
            SizeBytes = header.Files.Sum(static file => file.SizeBytes),
            RequestId = header.RequestId,
        };
    }
}
