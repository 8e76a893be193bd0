using System.Reflection;

namespace TopicGrpc.Client.Sdk.Tests.PublicSurface;

/// <summary>The types in the public surface of an assembly.</summary>
internal static class ApiTypes
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Returns every type that a visible member mentions.</summary>
    public static IEnumerable<(string Member, Type Type)> MentionedIn(Assembly assembly)
    {
        foreach (Type type in assembly.GetExportedTypes())
        {
            foreach (MemberInfo member in Visible(type))
            {
                foreach (Type mentioned in Types(member).SelectMany(Parts))
                {
                    yield return ($"{type.FullName}.{member.Name}", mentioned);
                }
            }

            foreach (Type mentioned in type.GetInterfaces().Append(type.BaseType ?? typeof(object)).SelectMany(Parts))
            {
                yield return (type.FullName!, mentioned);
            }
        }
    }

    private static IEnumerable<MemberInfo> Visible(Type type) => type.GetMembers(Declared).Where(static member => member switch
    {
        MethodBase method => IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    });

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType),
        MethodBase constructor => constructor.GetParameters().Select(static parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.GenericTypeArguments.SelectMany(Parts).Append(type);
}
