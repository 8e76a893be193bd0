using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Keeps API keys without checking them: every call to the fake is allowed.</summary>
internal sealed class FakeKeyService(TimeProvider time) : Wire.KeyService.KeyServiceBase
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";
    private const int IdLength = 10;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Wire.ApiKey> _keys = new(StringComparer.Ordinal);
    private int _created;

    public override Task<Wire.CreateKeyResponse> CreateKey(Wire.CreateKeyRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            Wire.ApiKey key = request.Key?.Clone() ?? new Wire.ApiKey();
            key.Name = "keys/" + Id(_created++);
            key.CreateTime = Now();
            _keys.Add(key.Name, key);
            return Task.FromResult(new Wire.CreateKeyResponse { Key = key.Clone(), Secret = Secret(key) });
        }
    }

    public override Task<Wire.ListKeysResponse> ListKeys(Wire.ListKeysRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            return Task.FromResult(new Wire.ListKeysResponse { Keys = { _keys.Values.Select(static key => key.Clone()) } });
        }
    }

    public override Task<Wire.RotateKeyResponse> RotateKey(Wire.RotateKeyRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            Wire.ApiKey key = Find(request.Name);
            _created++;
            key.OverlapEndTime = Timestamp.FromDateTimeOffset(time.GetUtcNow() + (request.Overlap?.ToTimeSpan() ?? TimeSpan.Zero));
            return Task.FromResult(new Wire.RotateKeyResponse { Key = key.Clone(), Secret = Secret(key) });
        }
    }

    public override Task<Wire.RevokeKeyResponse> RevokeKey(Wire.RevokeKeyRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            Wire.ApiKey key = Find(request.Name);
            key.RevokeTime ??= Now();
            return Task.FromResult(new Wire.RevokeKeyResponse { Key = key.Clone() });
        }
    }

    private static string Id(int number)
    {
        char[] id = new char[IdLength];
        for (int place = IdLength - 1; place >= 0; place--)
        {
            id[place] = Digits[number % Digits.Length];
            number /= Digits.Length;
        }

        return new string(id);
    }

    // Each secret differs, as those of a server do.
    private string Secret(Wire.ApiKey key) =>
        string.Create(CultureInfo.InvariantCulture, $"tg_{key.Name["keys/".Length..]}_fake{_created}");

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    private Wire.ApiKey Find(string name) => _keys.TryGetValue(name, out Wire.ApiKey? key)
        ? key
        : throw StatusToWire.Exception(TopicGrpcStatus.NotFound, ErrorReasons.KeyNotFound, $"The fake has no key '{name}'.");
}
