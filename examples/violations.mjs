// Prints the violations as they come; when nothing has come for some seconds, how many of them stand.
// Node 20.19 or later: npm install @platformatic/kafka@1 avsc
// usage: node violations.mjs [BOOTSTRAP [REGISTRY]]

import { Consumer, FetchIsolationLevels, MessagesStreamModes } from '@platformatic/kafka'
import avro from 'avsc'

const IDLE_MS = 5000
const [bootstrap = 'localhost:9092', registry = 'http://localhost:8080/registry'] = process.argv.slice(2)

const types = new Map()

// The Confluent wire format: 0, four bytes of schema id, Avro binary.
async function decode (value) {
  const id = value.readUInt32BE(1)
  if (!types.has(id)) {
    const answer = await fetch(`${registry}/schemas/ids/${id}`)
    types.set(id, avro.Type.forSchema(JSON.parse((await answer.json()).schema)))
  }
  return types.get(id).fromBuffer(value.subarray(5))
}

const consumer = new Consumer({ clientId: 'partner-node', groupId: 'cloverwatch.partner-node', bootstrapBrokers: bootstrap.split(',') })
const stream = await consumer.consume({
  topics: ['cloverwatch.violations.v1'],
  mode: MessagesStreamModes.EARLIEST,
  isolationLevel: FetchIsolationLevels.READ_COMMITTED,
  autocommit: false
})

const latest = new Map()
const close = () => stream.close()
let idle = setTimeout(close, IDLE_MS)
for await (const message of stream) {
  clearTimeout(idle)
  idle = setTimeout(close, IDLE_MS)
  const violation = await decode(message.value)
  // A repetition, or a revision that came before: the greatest counts.
  const known = latest.get(violation.violation_id)
  if (known === undefined || known.revision < violation.revision) {
    latest.set(violation.violation_id, violation)
    console.log(violation.status, violation.severity, JSON.stringify(violation.findings[0].message))
  }
}
await consumer.close()
console.log(`${[...latest.values()].filter(violation => violation.status !== 'WITHDRAWN').length} violations stand`)
