namespace Grpc.Net.ClientFactory;

/// <summary>The names in use in one service collection: two clients of different types cannot share one.</summary>
internal sealed class ClientNames
{
    private readonly Dictionary<string, Type> _clients = [];

    public void Reserve(string name, Type client)
    {
        if (_clients.TryGetValue(name, out var other) && other != client)
        {
            throw new InvalidOperationException(
                $"The gRPC client factory already has a registered client with the name '{name}', bound to the type '{other.FullName}'. " +
                $"Client names are computed based on the type name without considering the namespace ('{other.Name}'). " +
                "Use an overload of AddGrpcClient that accepts a string and provide a unique name to resolve the conflict.");
        }

        _clients[name] = client;
    }

    public bool Contains(string name) => _clients.ContainsKey(name);
}
