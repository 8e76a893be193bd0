using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace TopicGrpc.Server.Access;

/// <summary>Role and resource fields of every method, read from the contract.</summary>
internal sealed class MethodAccess
{
    private readonly FrozenDictionary<string, MethodRequirement> _requirements;
    private readonly FrozenDictionary<MessageDescriptor, ResourceFields> _fields;

    /// <summary>Reads all services of the contract.</summary>
    /// <exception cref="StartupException">A method declares no role.</exception>
    public MethodAccess()
        : this(ContractServices.All)
    {
    }

    /// <summary>Reads services.</summary>
    /// <exception cref="StartupException">A method declares no role.</exception>
    internal MethodAccess(IReadOnlyList<ProtoService> services)
    {
        MethodDescriptor[] methods = [.. services.SelectMany(static service => service.Methods)];
        string[] open = [.. methods.Where(static method => RoleOf(method) == Role.Unspecified).Select(static method => method.FullName)];
        if (open.Length > 0)
        {
            throw new StartupException($"The contract declares no required_role for {string.Join(", ", open)}.");
        }

        _requirements = methods.ToFrozenDictionary(
            static method => $"/{method.Service.FullName}/{method.Name}",
            static method => new MethodRequirement(
                method.Name,
                RoleOf(method),
                method.GetOptions().GetExtension(AccessExtensions.UnrestrictedOnly)),
            StringComparer.Ordinal);
        _fields = methods
            .Select(static method => method.InputType)
            .Distinct()
            .ToFrozenDictionary(static type => type, static type => new ResourceFields(type));
    }

    /// <summary>Returns what a method needs; null for a method that is not of the contract.</summary>
    /// <param name="path">Full name of the method as a path.</param>
    public MethodRequirement? Of(string path) => _requirements.GetValueOrDefault(path);

    /// <summary>Returns the resource fields of a request; null for a message of another contract, such as reflection.</summary>
    public ResourceFields? FieldsOf(MessageDescriptor request) => _fields.GetValueOrDefault(request);

    private static Role RoleOf(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AccessExtensions.RequiredRole) ?? Role.Unspecified;
}
