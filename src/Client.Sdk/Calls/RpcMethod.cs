using Google.Protobuf.Reflection;

namespace TopicGrpc.Client.Calls;

/// <summary>What the contract says of a method; read from the descriptor, so that no list has to be kept beside it.</summary>
internal sealed class RpcMethod
{
    private RpcMethod(MethodDescriptor method)
    {
        Service = method.Service.Name;
        Name = method.Name;
        DisplayName = $"{method.Service.FullName}/{method.Name}";
        MethodOptions.Types.IdempotencyLevel level =
            method.GetOptions()?.IdempotencyLevel ?? MethodOptions.Types.IdempotencyLevel.IdempotencyUnknown;
        IsSafe = level == MethodOptions.Types.IdempotencyLevel.NoSideEffects;
        IsIdempotent = IsSafe || level == MethodOptions.Types.IdempotencyLevel.Idempotent;
    }

    public string Service { get; }

    public string Name { get; }

    /// <summary>Name of the activity; made once, since a call must not build strings.</summary>
    public string DisplayName { get; }

    /// <summary>Whether a second execution does no harm.</summary>
    public bool IsIdempotent { get; }

    /// <summary>Whether an execution changes nothing, so that an attempt may be abandoned.</summary>
    public bool IsSafe { get; }

    public static RpcMethod Of(ServiceDescriptor service, string name) =>
        new(service.FindMethodByName(name) ?? throw new ArgumentException($"{service.FullName} has no method {name}.", nameof(name)));
}
