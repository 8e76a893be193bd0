using Google.Protobuf.Reflection;

namespace TopicGrpc.Client.Calls;

/// <summary>A method of the contract. Its properties come from the descriptor, so that no second list has to be maintained.</summary>
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

    /// <summary>Name of the activity; built once, so that calls do not allocate strings.</summary>
    public string DisplayName { get; }

    /// <summary>Whether a repeated execution has no further effect.</summary>
    public bool IsIdempotent { get; }

    /// <summary>Whether an execution changes nothing, so that an attempt may be abandoned.</summary>
    public bool IsSafe { get; }

    public static RpcMethod Of(ServiceDescriptor service, string name) =>
        new(service.FindMethodByName(name) ?? throw new ArgumentException($"{service.FullName} has no method {name}.", nameof(name)));
}
