using System.Reflection;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Shared;

/// <summary>The services of the contract, found in the generated code, so that no list of them can miss one.</summary>
public static class ContractServices
{
    /// <summary>All services, by name.</summary>
    public static IReadOnlyList<ServiceDescriptor> All { get; } =
    [
        .. typeof(ModelService).Assembly.GetExportedTypes()
            .Select(static type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
            .Where(static property => property?.PropertyType == typeof(ServiceDescriptor))
            .Select(static property => (ServiceDescriptor)property!.GetValue(null)!)
            .OrderBy(static service => service.FullName, StringComparer.Ordinal),
    ];
}
